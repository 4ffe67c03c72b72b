"""How the words of the valley's verse are spoken: their stresses, and what they rhyme with.

Explained in the chapter "creative-writing".  Three things are said of a word.  Its *stresses*: one
digit a syllable, 1 for a stressed one and 0 for the others.  Whether it is *light*: a word of one
syllable that a line may stress or pass over, such as "and" or "he".  And, if it may end a line, its
*family*, which is the sound from its last stressed vowel on, with its *onset*, the consonants before
that vowel: two words rhyme if their families are one and their onsets are two.
"""

# Never stressed.
ARTICLES = frozenset(("a", "an", "the"))

# Light words of one syllable may be stressed or not.  Those that do the grammar are the lighter:
# prepositions, pronouns, auxiliaries, conjunctions.
GRAMMATICAL = frozenset(
    """
    in on by to down up through from for with at of past near round like as off than till so
    i he she it we they you me him her us them my his its our your their this that these those
    is was are were be been has had have can could may might must shall should will would do did does
    let and but or if when while where who what how why am it's there
    """.split()
)

# The others are short adverbs, plain verbs and adjectives, which stand back beside a stressed
# neighbor ("the fox ran down the garden path").
PLAIN = frozenset(
    """
    then here now not no all some more too out once such yet both each just still soon one
    went came come go ran run sat lay stood put saw old young dear good long poor
    """.split()
)
LIGHT = GRAMMATICAL | PLAIN

# Words that are not light: those of one syllable, and those of more by their stresses.
STRESSES = {
    "1": """
    air asked ate bag bake ball bank bare barn bat bay beach bean bear bears bed bees bell ben bend big
    birds bit black blew bloom blow blue boat bold book boot bough bowl box boy boys brave bread break
    breeze bridge bright brook broom brought brown buds bun buy buzz cake calf call called camp cap cat
    cave chain chair chased cheer cheese child chill clear climb clock close clouds coat cold comb comes
    coo cool corn cow cows cream creek creep crept cried crow crown crows crumb cry cup curled damp
    dance dark dawn day deep deer dell dew dig dive dog done door dove doze drank draw dream dreamed
    dreams drift drink drum dry duck ducks dug dusk eat eaves end eyes fall fan far farm fear fed feed
    feel fell felt fence fern field fields fig filled find fine fire first five flag flags flask fled
    flew floor flute fly foal fog found fox free fresh friend friends frog frogs fruit gale gate gave
    geese girl girls glad glade glass glen glide glow goat gold gone goose grass gray graze green ground
    grow growl hail hall hard hare hat hawk hay hear heard hedge hen hid hide high hill hills hoe home
    hook hop horn hot hound house hum hush ice inn jack jar jay jug jump karl keeps kept key kind kite
    knelt knew knit know lake lamb lambs lamp lamps lane lark larks last late laugh lawn leap leapt
    leaves ledge left lend lie lies light lit lock log look lost love loved low made mail map mare mask
    mat max meet mend met mice mild mill mist mole moon moor moss mouse nap nest net new news night noon
    nut oak oh ones owl own pail paint pale pane park paul peach pear peep pen pie pig pine pink place
    plain play played plow plum pond pool proud quick race rain rake rat read reap red reeds rest ride
    rill ring ripe rise road roam rock roof room rope rose row rowed ruth rye sack sad said sail sailed
    sam sand sang scarf scent school sea see seemed set sew sewed shade shake share shared shawl shed
    sheep shell shine shoe shone shore shout showed shy side sigh sill sing sit skate skies skip sky
    sled sleep slept slide slip slipped slope slow sly small snail sniff snore snow soar soared soft
    sound spade spoon spring square squeak stair stamp stand star stars stay stayed steep stew stick
    stole stone stool stop stopped storm straw stray strayed stream street string stroll strolled strong
    stump sun sway sweet swim swing swooped talk talked tea tell think thought thrush thyme time toad
    told tom took town toy track trail train tray tree trees trot vale vest wait wake walk walked walks
    wall want wants warm washed watch watched way weak week weep well wept wet wheat wheel white wide
    wild wind wise wish wished woke wood wool world wren yard year
    """,
    "10": """
    after alice always ancient anna any apple april auntie autumn baby badger badgers baker baker's
    baking barley barrels beaming berry bitter blackbird blowing branches brother brother's buckets
    bunny butter button calling candle candles careful cheerful cheery cherry children chilly circled
    clara clever clover cousin cousin's covered cozy creeping crooked crying daisy dancing darling
    dinner distant doctor doctor's donkey dreaming dreary drifted drifting drumming dusty early ella
    emma empty even evening ever every falling farmer farmer's farmers father father's favorite feather
    feeding felix ferry fiddle finest flora flower flowers flutter fluttered flying foggy footprints
    fountain friday friendly frosty garden gentle giggle gleaming gliding glitter glowing golden grasses
    grumble hanna happy hazy heather heavy hedgehog hedgehogs henry hiding hilly hollow holly honey hugo
    humming hungry hurried hurry iris jolly julia kettle kitten later lazy leaping leo letter lily
    listen listened listening little lonely looking lucy magpie market martin mary mellow merry miller
    miller's misty mitten modest monday morning mother mother's mountain muddy mumble narrow nearly
    neighbor neighbor's nesting never noah nora northern often only oscar otter over painted pattered
    paula peeping peter pillow playing ponder pony pretty puddle puddles puppy purple quiet quiver
    rabbit raining rainy ramble rather rattled reading rested resting restless riding rising river
    rivers roaming robin robins rolling roses rosy rowing rumble running rustle sailing scampered shady
    shepherd shepherd's shining shiny sighing silent silly silver simon singing sister sister's skipping
    sleeping sleepy slowly slumber smitten snowing snowy softly someone sometimes southern sparrow
    sparrows squirrel stable steady steeple stony stranger straying strolling sudden summer sunday sunny
    swallow swallows sweater swinging table talking tasty teacher teacher's thinking thirsty thistle
    thunder tina tiny tired tower treasure trotted trotting tuesday tumble tumbling uncle uncle's under
    useful valley vera very victor visit wagon waited waiting waking walking wander wandered washing
    watching weary weasel weaver weaver's whistle whistled willow windows windy winter wonder wondered
    yellow zoe
    """,
    "01": """
    about above across afraid ahead alone along around asleep awake away before began begin behind
    beneath beside content inside o'clock perhaps toward until upon without
    """,
    "010": """
    already forgotten tomato tomorrow
    """,
    "101": """
    afternoon everyone nobody yesterday
    """,
}

# The families of rhymes.  Words joined by "=" have the same onset, so that they do not rhyme.
RHYMES = """
hill mill still chill sill rill
day hay play away stay gray bay jay lay sway stray tray
night light bright white kite
tree sea=see key free tea
snow low slow crow glow go row grow hoe blow sew
town down brown crown
ground round hound
rain lane plain chain train pane
hare bear=bare pear chair stair mare
sing spring ring swing string
long=along strong
lake cake rake bake wake=awake shake
sheep sleep=asleep deep creep leap peep weep reap
street sweet wheat eat
green bean
stream dream cream
brook book look hook
wood stood
moon noon spoon
door shore soar floor snore
stone alone own
cold gold old bold
bell well shell dell
gate late wait skate
wide hide ride slide glide cried
shine fine pine
cow bough plow
track black sack
hop stop
dog
log
fog frog
fox box
cat hat sat mat bat rat
hen glen wren pen
nest rest vest
content
leaves eaves
house mouse
goose
sun run bun done
drum plum hum crumb
flute fruit boot
pool cool school stool
snail vale pail=pale gale sail trail hail mail
shade spade afraid played stayed glade strayed
wall small ball call hall fall shawl
park dark lark
bread red shed fed ahead bed fled sled
blue new dew flew shoe stew coo through
skies wise
sky high fly cry dry sly shy pie lie buy rye sigh
ice
dive
jump stump
grass glass
slept crept wept leapt
net wet
hedge ledge
moss
boat goat coat
road toad
mole bowl stroll foal
home roam comb
proud
toy
creek week=weak
trees breeze cheese bees
near clear deer year cheer fear
walk talk hawk
corn horn
dawn lawn gone
saw straw draw
sand stand
bank drank
map cap nap
bag flag
fan ran
mask flask
lamp stamp camp damp
sad glad
clock rock lock
rope slope
cave brave
rose doze
room broom bloom
yard hard
fig dig
jug dug
find kind
bend mend
storm warm
drink think
peach beach
growl owl
heather feather
willow pillow
merry berry ferry cherry
kitten smitten mitten
yellow mellow
tumble grumble mumble rumble
daisy hazy lazy
chilly hilly lily silly
holly jolly
hollow swallow
wander ponder
honey bunny sunny
butter flutter
thunder wonder
letter sweater
stable table
flower tower
fountain mountain
cheery dreary weary
thistle whistle
bitter glitter
clover over
cozy rosy
singing swinging
calling
playing straying
riding hiding gliding
crying flying
nesting resting
walking talking
baking waking
leaping creeping sleeping peeping
dreaming gleaming beaming
rolling strolling
rowing blowing snowing glowing
feeding reading
quiver river
"""

_STRESSES = {word: said for said, words in STRESSES.items() for word in words.split()}
_STRESSES |= dict.fromkeys(LIGHT, "1") | dict.fromkeys(ARTICLES, "0")
_RHYMES = {
    word.lower(): (family, onset)
    for family, row in enumerate(RHYMES.strip().splitlines())
    for onset, words in enumerate(row.split())
    for word in words.split("=")
}


def stresses(word: str) -> str | None:
    """Return one digit for each syllable of a word, or None if the table lacks it.

    Example:
        >>> stresses("hedgehog"), stresses("beside"), stresses("The"), stresses("zebra")
        ('10', '01', '0', None)
    """
    return _STRESSES.get(word.lower())


def rhyme(word: str) -> tuple[int, int] | None:
    """Return the family and the onset of a word, or None if the table lets no line end in it.

    Example:
        >>> [rhyme(word) for word in ("until", "hill", "beautiful")]
        [(0, 4), (0, 0), None]
    """
    return _RHYMES.get(word.lower())
