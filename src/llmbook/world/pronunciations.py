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
_GRAMMATICAL = """
    yes in on by to down up through from for with at of past near round like as off than till so
    i he she it we they you me him her us them my his its our your their that
    is was are were be has had have can could may shall will would do did
    let and but if when while where who how am it's there
    """
GRAMMATICAL = frozenset(_GRAMMATICAL.split())

# The others are short adverbs, plain verbs and adjectives, which stand back beside a stressed
# neighbor ("the fox ran down the garden path").
_PLAIN = """
    then here now not no all some more too out once both each just still soon one
    went came come go ran run sat lay stood put saw old young dear good long
    """
PLAIN = frozenset(_PLAIN.split())
LIGHT = GRAMMATICAL | PLAIN

# Words that are not light: those of one syllable, and those of more by their stresses.
STRESSES = {
    "1": """
    air asked ate back bag bake ball bank bare barn bat bay beach bean bear bears beat bed bee bees bell
    bells ben bend best big bird birds bit black blew bloom blow blue boat bold book boot boots bough
    bowl box boy boys brave bread break breeze brick bridge bright bring brook broom brought brown buds
    bun burned buy buzz cake calf call called calves camp cap case cat cave chain chair change chased
    cheer cheese chick child chill chime church clear cliff climb cloak clock close clouds coast coat
    coats cold comb comes cook cool corn cow cows cream creek creep crept cried crow crown crows crumb
    cry cup curled damp dance dark dawn day days deep deer dell desk dew dig dive dog done door dove
    doze drank draw drawer dream dreamed dreams drift drink drop drum dry duck ducks dug dusk dust eat
    eaves else end eyes fade fall fan far farm fear fed feed feel fell felt fence fern field fields fig
    filled find fine fire first five flag flags flask fled flew floor flute fly foal fog found four fox
    free fresh friend friends frog frogs fruit gale gate gave geese girl girls give glad glade glass
    gleam glen glide glow goat goats gold gone goose grass gray graze green ground grow growl hail hall
    hard hare hares hat hawk hay hear heard hedge help hen hens hid hide high hill hills hoe home hook
    hop horn hot hound house hum hung hush hut ice inn jack jar jay jug jump karl keep keeps kept key
    kind king kite knelt knew knit know knows lake lamb lambs lamp lamps lane lark larks last late laugh
    lawn leap leapt learn leaves ledge left lend lie lies light liked likes lit live lives lock log look
    looked looks lost love loved low made mail make map mare mask mat max meal meet mend met mice mild
    milk mill mind mist mole moon moor moss mouse nap nest net new news next nice night noon nut oak oh
    ones ought owl owls own owned pail paint pale pane park paul peach peal pear peep pen pie pig pine
    pink place plain play played please plow plum pond pool pour poured pride proud queen quick race
    rain rake rang rat read reap red reeds rest rests ride ridge rill ring ripe rise road roam rock roof
    roofs room rope rose row rowed ruth rye sack sad said sail sailed sam sand sang scarf scent school
    sea search see seemed sees set sew sewed shade shake share shared shares shawl shed sheep shelf
    shell shine shoe shone shore shout showed shy side sigh sill sing sings sit sits skate skies skip
    sky sled sleep sleeps slept slide slip slipped slope slow sly small smoke snail sniff snore snow
    soar soared soft song sound spade speak splash spoon spring square squeak stair stamp stand stands
    star stars stay stayed steep stick stole stone stool stop stopped storm straw stray strayed stream
    street string stroll strolled strong struck stump sun sway sweet swim swing swooped talk talked
    talks tea tell ten think thought three thrush thyme time toad toast told tom took town toy track
    trail train tray tree trees tried trot tugged two vale vest wade wait waits wake walk walked walks
    wall want wants warm washed watch watched way weak week weep well wept wet wheat wheel white wide
    wild wind wings wise wish wished woke wood wool world wren yard year years
    """,
    "10": """
    after alice always ancient anna any apple apples april auntie autumn baby badger badgers baker
    baker's baking barley barrels beaming berry bitter blackbird blowing bramble branches brother
    brother's buckets bunny busy butter button calling candle candles careful carried chapel cheerful
    cheery cherry children chilly circled clara clever clover cousin cousin's covered cozy cradle
    creeping crooked crying cuddle daisy dancing darling dinner distant doctor doctor's donkey dreaming
    dreary drifted drumming dusty early ella emma empty even evening ever every faded falling farmer
    farmer's farmers father father's favorite feather feeding felix ferry fiddle finest flora flower
    flowers flutter fluttered flying foggy footprints fountain foxes friday friendly frosty garden
    gentle giggle gleaming gliding glitter glowing golden grasses grumble hanna happy hazy heather heavy
    hedgehog hedgehogs henry hiding hilly hollow holly honey huddle hugo humming hungry hurried hurry
    iris jolly julia kettle kitchen kitten kittens ladle later lazy leaping leo letter lily linger
    listen listened listening listens little locket lonely looking lucy magpie market martin mary mellow
    merry miller miller's misty mitten modest monday morning mother mother's mountain muddy mumble
    narrow nearly neighbor neighbor's nesting nettle never nicest nimble noah nora northern often only
    oscar otter otters over paddle painted pattered paula peeping peter pillow playing ponder ponies
    pony present pretty puddle puddles puppies puppy purple quiet quiver rabbit rabbits raining rainy
    ramble rattled reading rested resting restless riding ringing rising river rivers roaming robin
    robins rolling roses rosy rowing rumble running rushing rustle saddle sailing scampered settle shady
    shepherd shepherd's shining shiny sighing silent silly silver simon singing sister sister's skipping
    sleeping sleepy slowly slumber smitten snowing snowy softly someone someone's sometimes somewhere
    southern sparrow sparrows squirrel stable started steady steeple stony stranger straying strolling
    sudden summer sunday sunny swallow swallows sweater swinging swirling table talking tasty teacher
    teacher's thimble thinking thirsty thistle thunder tina tiny tower treasure trotted trotting trumpet
    tuesday tumble tumbling uncle uncle's under valley vera very victor visit waited waiting waking
    walking wander wandered wanted washing watching water weary weasel weaver weaver's whirling whistle
    whistled willow windows windy winter wonder yellow zoe
    """,
    "01": """
    about above across afraid ahead alone along around asleep awake away because before began begin
    behind beneath beside content inside instead o'clock perhaps toward until upon without
    """,
    "010": """
    already forgotten together tomato tomorrow
    """,
    "101": """
    afternoon everyone everything nobody underneath yesterday
    """,
}

# The families of rhymes.  Words joined by "=" have the same onset, so that they do not rhyme.
RHYMES = """
hill mill still chill sill rill
day hay play away stay gray bay jay lay sway stray tray
night light bright white kite
tree sea=see key free tea bee
snow low slow crow glow go row grow hoe blow sew
town down brown crown
ground round hound
rain lane plain chain train pane
square hare bear=bare pear chair stair mare
sing spring ring swing string king
long=along strong
lake cake rake bake wake=awake shake
sheep sleep=asleep deep creep leap peep weep reap
street sweet wheat eat
green bean queen
stream dream cream
brook book look hook cook
wood stood
moon noon spoon
door shore soar floor snore pour drawer
stone alone own
cold gold old bold
bell well shell dell
gate late wait skate
wide hide ride slide glide cried
shine fine pine
cow bough plow
track black sack
hop stop drop
dog log
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
shade spade afraid played stayed glade strayed wade
wall small ball call hall fall shawl
park dark lark
bread red shed fed ahead bed fled sled
blue new dew flew shoe through
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
creek week=weak speak squeak
trees breeze cheese bees
near clear deer year cheer fear
walk talk hawk
corn horn
dawn lawn gone
straw draw
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
skies wise rise
oak cloak
coast toast
cliff sniff
ridge bridge
stick brick chick quick
inn
cup
nut hut
wheel meal peal
calf laugh
reeds
skip slip
kettle nettle settle
puddle huddle cuddle
saddle paddle
ladle cradle
apple chapel
bramble ramble
thimble nimble
trumpet
sang
race case
shelf
fern
climb thyme chime
fence
hot
splash
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
        >>> [rhyme(word) for word in ("mill", "hill", "the")]
        [(0, 1), (0, 0), None]
    """
    return _RHYMES.get(word.lower())
