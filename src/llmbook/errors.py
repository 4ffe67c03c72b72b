"""The error of a reader's input, as opposed to a fault of the program."""


class InputError(ValueError):
    """Input that cannot be used.  Its message is one line that says what is wrong and where."""
