"""How people ask for what an assistant of the valley can do: several ways for each task.

Explained in the chapter "Fine-tuning" of the part "Training process".  ``{text}`` is what is to be
worked on.
"""

ASK: dict[str, tuple[str, ...]] = {
    "sentiment": (
        "Is this review positive or negative?\n{text}",
        "Positive or negative?\n{text}",
        "What does the writer think, positive or negative?\n{text}",
        "Sentiment of this review:\n{text}",
        "{text}\n\nIs this positive or negative?",
        "{text}\n\nDoes the writer recommend it? Answer positive or negative.",
        "Classify the review as positive or negative.\n{text}",
        "Tell me the sentiment of this text.\n{text}",
    ),
    "translation": (
        "Translate into French: {text}",
        "Translate this into French.\n{text}",
        "How do you say this in French?\n{text}",
        "Say it in French: {text}",
        "What is this in French?\n{text}",
        "French, please: {text}",
        "{text}\n\nTranslate this text into French.",
        "Put this into French:\n{text}",
    ),
    "questions": (
        "{story}\n\n{question}",
        "Read the story, and answer.\n{story}\n\n{question}",
        "Here is a story.\n{story}\n\n{question}",
        "Story: {story}\n\nQuestion: {question}",
        "Answer from the story alone.\n{story}\n\n{question}",
        "{story}\n\nAccording to the story: {question}",
    ),
    "content": (
        "Write a short text from these facts.\n{text}",
        "Tell this as a text.\n{text}",
        "Make a text of these notes.\n{text}",
        "Turn the facts into sentences, and add nothing.\n{text}",
        "Here are my notes. Write them out.\n{text}",
        "Write what happened.\n{text}",
    ),
    "dialogue": (
        "Let us talk. You are {me}, and I am {you}.",
        "You are {me}. I am {you}.",
        "Take the part of {me}; I am {you}.",
        "Play {me}. I play {you}.",
        "I am {you}, and you speak as {me}.",
        "Answer me as {me}. My name is {you}.",
    ),
    "stories": (
        "Go on with this story.\n{text}",
        "Continue the story.\n{text}",
        "How does this story end?\n{text}",
        "What happens next?\n{text}",
        "Finish my story.\n{text}",
        "{text}\n\nGo on.",
    ),
    "code": (
        "Write this function in Python.\n{text}",
        "Write the function.\n{text}",
        "Implement this in Python.\n{text}",
        "I need this function.\n{text}",
        "Program this:\n{text}",
    ),
    "completion": (
        "Complete this function.\n{text}",
        "Complete the code.\n{text}",
        "How does this function go on?\n{text}",
        "Finish this code.\n{text}",
    ),
    "documentation": (
        "Write a docstring for this function.\n{text}",
        "Document this function.\n{text}",
        "What does this function do?\n{text}",
        "{text}\n\nDescribe what this does, in one line.",
        "Explain this code in one sentence.\n{text}",
    ),
    "verse": (
        "Write the last line of this poem.\n{text}",
        "Finish the poem with one line that rhymes.\n{text}",
        "Which line ends this poem?\n{text}",
        "Add the missing last line.\n{text}",
    ),
    "couplets theme": (
        "Write a couplet about {text}.",
        "Write two lines of verse about {text}.",
        "I would like a short poem about {text}.",
        "A couplet, please. The theme: {text}.",
        "Can you rhyme about {text}?",
        "Two rhyming lines about {text}, please.",
    ),
    "couplets rhyme": (
        'Write a couplet with the rhyme word "{text}".',
        'Write two lines that rhyme on "{text}".',
        'I would like a short poem. One line ends in "{text}".',
        'A couplet, please. A line ends in "{text}".',
        'Can you make a rhyme on "{text}"?',
    ),
}
