# ruff: noqa: E501  (tables: a row stays together)
"""Words of conversation: numbers, days, what an inn serves, and how each manner greets and thanks.

Explained in the chapter "data".  Alternatives stand between ``|``; ``{you}`` is the other's name.
"""

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = [
    *ONES,
    *(f"{ten}-{one}" if i else ten for ten in TENS for i, one in enumerate(ONES[:10])),
]

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
TIMES = [f"{half}{hour}" for hour in ONES[1:12] for half in ("", "half past ")] + ["noon"]

DISHES = [
    "onion soup",
    "mushroom soup",
    "carrot soup",
    "fish soup",
    "pea soup",
    "apple pie",
    "cherry pie",
    "plum cake",
    "nut bread",
    "goat cheese",
    "baked potatoes",
    "fried eggs",
    "roast goose",
    "roast duck",
    "stewed pears",
    "turnip stew",
    "bean stew",
    "grilled trout",
    "berry pancakes",
    "lemon cake",
]
DRINKS = [
    "milk",
    "cider",
    "hot cocoa",
    "mint tea",
    "black tea",
    "cherry juice",
    "apple juice",
    "cold water",
    "ginger beer",
    "pear juice",
    "warm milk",
    "coffee",
    "lemonade",
    "rose tea",
]

# What people do together, behind "to", and where they may do it.
PASTIMES = (
    ("have a picnic", "lake meadow orchard hill river garden pond"),
    ("fly kites", "hill meadow field"),
    ("go swimming", "lake river pond"),
    ("pick berries", "forest hill meadow"),
    ("play music", "barn square theater garden inn"),
    ("read together", "library garden attic greenhouse"),
    ("paint", "workshop bridge vineyard river tower"),
    ("drink tea", "inn garden kitchen bakery"),
    ("fish for trout", "river lake bridge"),
    ("look at the stars", "tower hill field castle"),
    ("dance", "barn square castle theater"),
    ("feed the ducks", "pond lake river"),
    ("tell stories", "cave hut mill barn"),
    ("practice for the play", "theater school barn"),
    ("sing", "church school square"),
)  # fmt: skip

CHORES = [
    "help my brother",
    "mend a fence",
    "visit my aunt",
    "bake bread",
    "go to the dentist",
    "look after the hens",
    "wash the windows",
    "clean the oven",
    "paint a gate",
    "mind the children",
    "write letters",
    "stack wood",
    "shear the sheep",
]

# What happens at some time and is worth a message.
APPOINTMENTS = [
    "the boat leaves",
    "the coach leaves",
    "the train arrives",
    "the play begins",
    "the lesson begins",
    "the choir meets",
    "the race starts",
    "supper is ready",
    "the doctor is coming",
    "the guests are coming",
    "the fair opens",
    "the band plays",
]

MANNERS = ("formal", "brisk", "warm", "shy")

HELLO = {
    "formal": "Good morning, {you}.|Good day to you, {you}.|Good afternoon, {you}.|Good evening, {you}.|A good day to you, {you}.|Pray forgive the hour, {you}.|How do you do, {you}?|My respects, {you}.",
    "brisk": "Morning, {you}.|Hello, {you}.|Ah, {you}.|{you}, a word.|There you are, {you}.|Quick question, {you}.|Hey, {you}.|Good, you are in, {you}.",
    "warm": "Hello, dear {you}!|{you}, how lovely to see you!|What a fine day, {you}!|Oh, {you}, there you are!|How nice to meet you here, {you}!|My dear {you}!|You look well, {you}!|Hello there, {you}!",
    "shy": "Um, hello, {you}.|Excuse me, {you}.|Oh, good morning, {you}.|I hope I am not disturbing you, {you}.|Sorry to bother you, {you}.|Hello, {you}, if you have a moment.|Er, {you}?|Are you busy, {you}?",
}
GREET_BACK = {
    "formal": "Good day, {you}.|I am at your service, {you}.|Welcome, {you}.|How may I help you, {you}?",
    "brisk": "Hello, {you}.|Yes, {you}?|Go on, {you}.|What is it, {you}?",
    "warm": "{you}, welcome!|How good of you to come, {you}!|Hello, my dear {you}!|Ah, {you}, always a pleasure!",
    "shy": "Oh, hello, {you}.|Hello, {you}.|Ah, it is you, {you}.|Oh, good day, {you}.",
}
THANKS = {
    "formal": "I am much obliged to you, {you}.|You are most kind.|Please accept my thanks, {you}.|I thank you, {you}.|Many thanks, {you}.",
    "brisk": "Thanks.|Thanks, {you}.|Good.|Good, thank you.|Perfect.",
    "warm": "Oh, thank you so much, {you}!|You are a treasure, {you}!|How kind of you!|Thank you, dear {you}!|Bless you, {you}!",
    "shy": "Thank you, that is so kind.|Oh, thank you, {you}.|Thank you. Thank you very much.|That, um, that is kind of you.",
}
BYE = {
    "formal": "Good day, {you}.|It was a pleasure.|I wish you a pleasant day, {you}.|Farewell, {you}.",
    "brisk": "Bye, {you}.|See you.|Bye.|Right, off I go.",
    "warm": "Take care, {you}!|Have a lovely day, {you}!|See you soon, my dear!|Give my love to everyone!",
    "shy": "Well, goodbye, {you}.|Bye, then.|Goodbye.|See you, perhaps.|I will be off, then.",
}
# Thanks for money.
PAID = {
    "formal": "I thank you, {you}.|Much obliged.|Thank you, {you}.|You are very exact, {you}.",
    "brisk": "Thanks.|Good.|Thanks, {you}.|Done.",
    "warm": "Thank you, dear {you}!|Thank you!|Many thanks, {you}!|Wonderful!",
    "shy": "Oh, thank you.|Thank you, {you}.|Thanks, {you}.|Ah, thank you.",
}
SORRY = {
    "formal": "I beg your pardon, {you}.|My apologies.|Do forgive me.|Pardon me.",
    "brisk": "Sorry.|My fault.|Ah, right.|Oops.",
    "warm": "Oh dear, how silly of me!|I am so sorry!|Oh, forgive me, {you}!|Goodness, my ears!",
    "shy": "Oh, sorry.|I am sorry, {you}.|Sorry, I was dreaming.|Oh, excuse me.",
}
SURELY = {
    "formal": "Certainly.|With pleasure.|Very well.|By all means.|Of course.",
    "brisk": "Sure.|Right.|Fine.|All right.|Yes.",
    "warm": "Of course!|Gladly!|Lovely!|Why, yes!|With all my heart!",
    "shy": "Oh, all right.|Yes, of course.|Well, yes.|Yes, gladly.",
}
# How something is corrected; {it} is the right thing.
CORRECT = {
    "formal": "No, {it}, if you please.|I am afraid that is a mistake: {it}.|Forgive me, I said {it}.|No, I did say {it}.",
    "brisk": "No, {it}.|No. I said {it}.|Wrong: {it}.|No, no, {it}.",
    "warm": "No, no, {it}, my dear!|Oh no, {it}!|No, {it}, but never mind!|Not quite, {you}: {it}!",
    "shy": "Um, no, {it}.|Sorry, I meant {it}.|No, well, {it}, please.|I think I said {it}.",
}
# How something is asked for; {it} is a noun with its article.
ASK = {
    "formal": "Might I have {it}, please?|I should like {it}, if you please.|Would you be so kind as to let me have {it}?|May I ask you for {it}?",
    "brisk": "I need {it}.|{It}, please.|I want {it}, please.|Got {it} for me?",
    "warm": "I would love {it}!|Could you find me {it}, please?|You would make me happy with {it}!|Would you have {it} for me?",
    "shy": "Could I perhaps have {it}?|I was wondering if you had {it}.|Would it be possible to have {it}?|Maybe you have {it}?",
}
# The long form of what is shortened in speech, for those who speak formally.
LONG = (
    ("I'd like", "I should like"), ("I'll", "I shall"), ("I'd", "I would"), ("can't", "cannot"), ("It's", "It is"), ("it's", "it is"),
    ("don't", "do not"), ("That's", "That is"), ("that's", "that is"), ("I've", "I have"), ("Here's", "Here is"), ("isn't", "is not"),
    ("didn't", "did not"), ("doesn't", "does not"), ("What's", "What is"), ("what's", "what is"), ("Let's", "Let us"),
    ("let's", "let us"), ("I'm", "I am"), ("You're", "You are"), ("you're", "you are"), ("Where's", "Where is"), ("won't", "will not"),
    ("we'll", "we shall"), ("We'll", "We shall"), ("There's", "There is"), ("haven't", "have not"), ("wasn't", "was not"),
)  # fmt: skip

# What neighbors say before they come to the point, and what the other answers.
REMARKS = (
    ("Did you hear the storm last night?", "I did! It took a shutter off my window.|Hear it? I hid under the bed.|No, I slept like a baby."),
    ("The wind has turned.", "It smells of snow, too.|So my cat told me.|Then the rain isn't far."),
    ("How are your hens?", "They lay well, thank you.|Noisy, as always.|One of them thinks she is an eagle."),
    ("Is your cold gone?", "Nearly. My nose still runs.|It is, thank you for asking.|Gone at last, but now my sister has it."),
    ("Your house smells of fresh bread.", "I got up before the sun for it.|Come by later and taste it.|It's my aunt who bakes."),
    ("The swallows are back.", "Then summer isn't far.|I counted a whole row on the roof.|I saw them too, over the chimney."),
    ("It's cold today, isn't it?", "Cold? My nose is made of ice.|I have put on all I own.|It will get warmer at midday."),
    ("I hear you have a new neighbor.", "Yes, and such a quiet one.|A weaver, with a very friendly goat.|So they say, but I haven't met anyone."),
    ("My knees tell me that rain is coming.", "Your knees are always right.|Mine say the same.|Then I must bring in the washing."),
    ("You have been singing, I heard it from the road.", "Oh, I thought I was alone!|The song won't leave my head.|And did you like it?"),
    ("Your dog followed me all the way here.", "He likes anybody with sausages.|He follows everyone, the rascal.|He must have smelled your lunch."),
    ("How tired you look!", "The baby cried all night.|I was reading until late.|I was up with a sick sheep."),
    ("Have you seen the rainbow?", "I have! It ended behind our roof.|Where? Oh, there it is!|I missed it, I was chopping wood."),
    ("What are you laughing at?", "At the goose: it's chasing the miller.|Nothing. I remembered an old joke.|At myself: I put salt into my tea."),
    ("I nearly slipped on the ice out there.", "I ought to put down some sand.|Be careful, it's like glass.|The postman did slip, poor man."),
    ("The school bell rang early today.", "The teacher's clock is fast.|The children didn't mind.|I heard it and ran for nothing."),
    ("How big the children have grown!", "And how they eat!|Yes, their trousers tell the story.|They climb every tree by now."),
    ("You are up early.", "The rooster left me no choice.|I like the quiet.|I never went to bed, to tell the truth."),
)  # fmt: skip
