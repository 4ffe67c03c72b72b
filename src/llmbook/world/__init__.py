"""The valley: a small world whose texts come with the truth about them."""
