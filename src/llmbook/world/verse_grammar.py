"""The phrases of the valley's verse: a grammar whose stresses :mod:`llmbook.world.verse` adds up.

Explained in the chapter "creative-writing".  Each line of a table is one way to say what its name
says.

- ``<goes@>`` is another phrase; ``@`` becomes the kind of the one whom the poem is about.
- ``*by`` is a word of the group ``by`` of :data:`ENDS`.  At the end of a line it is the rhyme.
- ``+place`` is an adjective of :data:`ADJECTIVES`, combined with the word that follows.
- ``~`` is the noun or the name of the one whom the poem is about, ``{he}`` and its like the pronouns.

The second line of a couplet says itself how the first one ends: it begins with a comma, a stop, or
neither.
"""

# Whom a poem is about, by kind.
_SUBJECTS = {
    "beast": "fox hare mole bear mouse frog toad badger hedgehog otter rabbit squirrel weasel",
    "pet": "cat dog goat pig calf lamb foal kitten puppy donkey pony",
    "bird": "owl crow wren lark thrush jay duck goose hen magpie robin sparrow blackbird swallow",
    "folk": "Tom Jack Sam Paul Ben Max Karl Anna Clara Emma Lucy Nora Rose Ruth Vera Martin Peter Leo "
    "Felix Hugo Oscar Victor Simon Henry Mary Alice Ella Flora Hanna Julia Paula Tina Iris Zoe Noah",
    "few": "ducks geese lambs frogs mice goats hens hares foxes kittens rabbits hedgehogs sparrows "
    "otters children puppies ponies calves",
    "wind": "wind breeze",
    "rain": "rain",
    "snow": "snow",
    "spring": "spring April",
    "summer": "summer",
    "autumn": "autumn",
    "winter": "winter",
    "me": "I",
    "child": "child one lamb boy girl darling sister brother baby cousin",
}
SUBJECTS = {kind: tuple(nouns.split()) for kind, nouns in _SUBJECTS.items()}

# How they are spoken of: women, men, animals, several.
PRONOUNS = {
    "f": {"he": "she", "his": "her", "him": "her", "brother": "sister", "uncle": "auntie"},
    "m": {
        "he": "he",
        "his": "his",
        "him": "him",
        "was": "was",
        "brother": "brother",
        "uncle": "uncle",
    },
    "n": {"he": "it", "his": "its", "him": "it"},
    "few": {"he": "they", "his": "their", "him": "them", "was": "were"},
}
# What may be combined with a noun.
_ADJECTIVES = {
    "beast": "small gray brown shy little hungry tiny sleepy lonely gentle merry young old quick wild "
    "clever quiet cheerful careful restless happy friendly modest",
    "child": "little sweet sleepy small dear gentle",
    "wind": "cold soft wild mild gentle bitter restless chilly warm lazy northern southern early",
    "rain": "cold soft sudden gentle steady quiet early silver heavy",
    "snow": "soft first gentle early silent heavy deep",
    "place": "quiet sunny windy distant lonely empty silent misty old gray cold shady ancient",
    "road": "quiet sunny windy dusty muddy narrow stony empty snowy steep long crooked lonely",
    "thing": "red blue green small old little yellow pretty tiny purple golden silver painted shiny "
    "new pink dusty favorite",
    "food": "ripe sweet fresh big small golden tasty little",
}
ADJECTIVES = {name: tuple(words.split()) for name, words in _ADJECTIVES.items()}

# The words that can be rhymed, by what they can be at the end of a phrase.
_ENDS = {
    # places, by their prepositions
    "on": "hill ground stone log bank slope rock wall roof bridge stump road shore sand moss ledge "
    "lawn grass plain mountain ice ridge cliff coast",
    "in": "hay wood glen dell shade corn wheat park grass square glade lane clover heather town nest "
    "barley rye straw garden hollow sun fern reeds yard cave hut puddle",
    "by": "brook stream lake sea shore gate door tree mill wall pond hedge creek bay pool well fence "
    "inn house barn oak spring river willow ferry tower flower fountain thistle holly lily "
    "steeple pine rose rill daisy beach coast chapel nettle bramble puddle water",
    "under": "tree bough pine hedge leaves trees eaves fern bridge oak willow holly rose bramble",
    "heavens": "stars moon sky sun skies",
    "down": "lane road street hill track trail slope shore bank river mountain beach",
    "to": "mill door gate town sea shore brook stream lake creek pond wood farm inn house school hill "
    "barn river ferry yard cave tower fountain bay well beach stable hollow chapel hut coast",
    "through": "wood gate grass wheat corn rye fog trees dell glen leaves hay town park heather clover "
    "barley dew reeds straw flowers yard",
    "across": "moor field sand street square bridge lawn ground ice plain lane road river yard hollow",
    "over": "hill town trees sea wall roof wood lake vale plain road mill bay field wheat barn farm "
    "moor river heather valley steeple tower mountain yard square street ridge coast",
    "on.indoors": "stair chair floor mat bed sill table stool shelf tray desk cradle",
    "in.indoors": "shed hall house barn tower stable room kitchen box sack drawer jar drum bowl case boot",
    "behind": "gate door tree mill wall hedge inn house barn oak fence steeple tower willow rose holly "
    "pine well fountain thistle hill shed chapel bramble hut",
    "drink": "tea cream milk",
    "together.beast": "play run roam leap race hide eat hop",
    "together.pet": "play run roam leap race hide eat",
    "together.bird": "fly play sing soar glide feed call",
    "together.folk": "walk play sing dance row ride swim stroll talk sail climb roam "
    "ramble wander ponder paddle",
    "together.few": "play run roam leap race hide eat hop",
    "stop": "rest play look eat wait drink sleep think doze sniff speak ponder settle",
    "kids.snow": "slide skate play race sing dance run shout cheer tumble giggle slip leap",
    "splash": "splash play hop run skip race wade sail leap sing hide jump",
    "sound.few": "call cry snore squeak",
    "sight.few": "leap run play roam jump tumble feed drink hop hide",
    "do.few": "leap hop run roam jump play hide sleep rest feed tumble slumber settle huddle cuddle",
    "did.few": "ran crept leapt played fed hid sat lay slept stayed drank",
    "doing.few": "running leaping sleeping playing hiding rolling peeping resting feeding tumbling",
    "sorry": "sad weary weak cold alone afraid blue dreary",
    "drydo": "rest sleep stay wait play doze drink",
    "gloomy": "gray black dark low white",
    "fly": "fly glide soar sing",
    "hush": "still dark deep warm",
    "snow": "snow rain leaves hail",
    "ground": "hill ground slope sand shore lawn grass plain moss ridge coast cliff bank",
    "do.me": "sing walk dream wait stay row climb talk roam dance think jump sail swim rest doze whistle "
    "wonder ponder slumber stroll laugh paint play hide skate ride linger hum",
    "water": "lake stream river sea bay pond creek brook pool rill",
    "gone": "town hill mill barn trees wood wall farm",
    "any.quick": "hare fox jay hawk swallow mouse deer wren cat",
    "any.quiet": "mouse owl cat hare snow mole deer snail sheep moon stone",
    "any.happy": "lark wren king queen bee duck pig kitten cook bunny frog thrush",
    "by.big": "brook stream lake sea shore gate door tree mill wall pond hedge creek bay pool well inn "
    "house barn oak river ferry tower fountain pine chapel beach coast",
    "still": "still cold white green gray bright wide warm dark clear",
    "proud": "town mill farm hall street school house wood",
    "ringing": "ring sing chime peal call",
    "fall": "fall stop fade drop pour",
    "does": "glow gleam shine fade",
    # times
    "long": "day night year week",
    # things
    "thing": "kite key bell ring cap map boat box book spoon flute drum jug cup jar pail sack bag flag "
    "net stick clock ball shell spade bowl lamp chain wheel stone crown hat coat shoe rake "
    "pillow mitten feather broom sled comb rope lock mask flask vest glass horn boot pen string "
    "toy tray fan hook stamp candle letter button kettle fiddle whistle treasure sweater hoe "
    "cloak brick saddle paddle ladle thimble trumpet locket",
    "food": "pear plum peach pie cake bun fig nut cherry berry crumb bean tomato apple meal",
    "meal": "bread cheese fruit pie cake honey butter corn toast",
    "blown": "hat cap kite flag map shawl scarf letter feather sweater cloak",
    # beings
    "animal": "hare bear fox goose mouse goat toad frog duck hen sheep cow mole crow owl lark wren jay "
    "deer snail cat dog kitten bunny swallow dove rat bat hawk chick calf sparrow",
    "tame": "goose goat duck hen sheep cow cat dog kitten hound mare foal bunny chick calf",
    # what beings do, as after "to": all of them, and some
    "do": "play stay sleep rest wait hide eat look stop drink peep dream nap",
    "do.beast": "leap hop run creep roam jump play hide sleep rest dig doze feed tumble slumber growl sniff "
    "settle huddle cuddle",
    "do.pet": "leap run roam jump play hide sleep rest doze feed tumble slumber stray settle huddle "
    "cuddle",
    "do.bird": "sing fly glide soar swing call hop rest sleep feed dive cry flutter settle huddle linger",
    "do.folk": "sing play walk dream wait stay row read ride climb talk roam dance think shout jump bake "
    "sew mend draw sail swim giggle whistle wonder ponder slumber mumble stroll laugh paint "
    "settle linger ramble paddle",
    "kids": "sing play dance hop run climb shout cheer slide skip hide swing race leap jump giggle "
    "whistle tumble laugh splash",
    "indoors": "read bake sew play sing draw dream talk nap think knit doze",
    "sound.beast": "snore growl cry rumble grumble drink call squeak sniff",
    "sound.pet": "snore cry call grumble play drink",
    "sound.bird": "sing call cry flutter",
    "sound.folk": "sing hum talk snore sigh whistle giggle mumble laugh read",
    "sight.beast": "leap run play creep roam hide dig drink hop jump tumble feed doze",
    "sight.pet": "leap run play roam jump tumble doze feed drink eat",
    "sight.bird": "fly soar glide dive swing hop flutter feed",
    "sight.folk": "row ride walk dance climb read play swim stroll sail",
    "leaves.do": "shake dance fly swing sway bend flutter quiver sing sigh rustle glitter",
    "did.beast": "ran crept leapt played fed hid dug sat lay slept stayed drank fled",
    "did.pet": "ran crept leapt played fed hid sat lay slept stayed drank strayed",
    "did.bird": "sang flew slept sat cried stayed called soared",
    "did.folk": "sang stood played wept cried slept read sewed rowed walked stayed dreamed sat knelt",
    "doing.beast": "running leaping creeping sleeping playing hiding rolling peeping tumbling "
    "resting feeding",
    "doing.pet": "running leaping sleeping playing hiding rolling peeping resting feeding straying",
    "doing.bird": "flying singing calling crying gliding peeping swinging sleeping nesting feeding",
    "doing.folk": "singing playing dreaming sleeping riding rowing crying humming strolling calling baking "
    "walking talking reading resting waiting thinking waking",
    # what is heard, watched, awaited
    "heard": "rain breeze stream brook bell sea lark thrush flute drum owl gale crow bees storm rill "
    "wren thunder swallow fiddle fountain fire hail creek river trumpet",
    "watched": "snow rain stream moon stars sky sea trees sun leaves light street crow lark ice river "
    "clouds road fire hawk",
    "awaited": "day spring night dawn moon sun snow rain light morning noon train mail",
    "off": "away home along alone ahead",
    # how beings are
    "state": "shy sly bold cold slow sweet proud free alone asleep awake afraid content wise strong kind "
    "late wet dry small old glad sad merry clever smitten cozy lazy silly sleepy quick nimble",
    "felt": "bold cold proud free alone afraid content wise strong glad sad weak merry brave blue weary "
    "cheery lazy cozy silly jolly",
    "good": "bold proud free content wise strong glad merry brave cheery cozy jolly",
    "seen": "see find buy own",
    "alone": "alone afraid sad",
    "done": "done gone through past new over",
    "rest": "rest sleep dream doze",
    "bed": "rest sleep bed",
    "cry": "cry weep peep wake fear",
    "here": "near",
    "blow": "go blow",
    "rattled": "door gate pane lock shed",
    "scent": "hay sea clover heather pine corn rose grass rain sand thyme flowers honey",
    "washed": "street road leaves trees wall hill sand town stair lane yard moss stone square",
    "soft": "feather down pillow wool",
    "sing": "sing swim dance hop",
    # how the world is
    "sky": "blue gray clear bright black wide pale high dark yellow hazy rosy red sunny",
    "air": "cold chill still clear cool fresh dry sweet damp bitter mellow chilly hazy dreary warm",
    "land": "white green bare brown wide gold wet dry hilly sunny",
    "grass": "wet green brown dry deep sweet soft high cool",
    "moon": "bright round low high white pale new gold yellow",
    "bright": "bright white clear gold small near low",
    "night": "deep long cold near here still dark clear black",
    "weather": "blowing snowing raining",
    "moonlit": "shining gleaming glowing rising beaming",
    # the seasons
    "lambs": "play leap run feed hop",
    "larks": "sing soar call nest fly rise",
    "bees": "hum fly roam buzz dance wander",
    "flowers.do": "grow glow bloom sway shine",
    "cows": "rest feed doze graze roam stand",
    "geese": "fly call cry go rise",
    "dead.leaves": "fall blow fly drift flutter tumble",
    "bears": "sleep snore doze rest dream slumber",
    "land.spring": "green wet new soft",
    "land.summer": "green gold dry sunny",
    "land.autumn": "brown gold bare wet",
    "land.winter": "white bare cold hard gray",
    "air.spring": "sweet clear mild fresh bright sunny",
    "air.summer": "clear warm hot fine still blue mellow",
    "air.autumn": "gray cool chill damp clear hazy chilly mellow",
    "air.winter": "cold chill still dry gray dark bitter chilly dreary black",
    "out.spring": "play run plow climb row ride walk roam dig dance",
    "out.summer": "swim row play sail ride camp roam lie rest dream wander climb paddle ramble",
    "out.autumn": "reap rake play walk roam plow ramble ride",
    "out.winter": "skate slide play sled run ride",
}
ENDS = {name: tuple(words.split()) for name, words in _ENDS.items()}

GRAMMAR = {
    # --- who ---------------------------------------------------------------------------------------
    "A.beast": """
        a +beast ~
        a +beast ~
        a +beast ~
        a ~
        one +beast ~
        the +beast ~
        """,
    "A.pet": """
        a +beast ~
        a +beast ~
        the <owner> ~
        the <owner> ~
        my <kin> ~
        my <kin> +beast ~
        our +beast ~
        the +beast ~
        a ~
        """,
    "A.bird": "<A.beast>",
    "A.folk": """
        ~
        ~
        old ~
        young ~
        little ~
        my {brother} ~
        my {uncle} ~
        our neighbor ~
        dear old ~
        our cousin ~
        my good friend ~
        """,
    "A.wind": "the +wind ~\n a +wind ~\n the ~\n the ~",
    "A.rain": "the +rain ~\n a +rain ~\n the ~",
    "A.snow": "the +snow ~\n the ~",
    "the.beast": "the ~\n the +beast ~",
    "the.pet": "the ~\n our ~\n the +beast ~",
    "the.bird": "the ~\n the +beast ~",
    "the.folk": "~\n our ~",
    "owner": "miller's\n baker's\n farmer's\n weaver's\n teacher's\n doctor's\n shepherd's",
    "kin": "sister's\n brother's\n father's\n mother's\n cousin's\n neighbor's\n uncle's",
    "other": """
        the +beast *animal
        a +beast *animal
        the *animal
        one +beast *animal
        the <owner> *tame
        my <kin> *tame
        """,
    "someone": """
        the miller
        the baker
        the farmer
        the weaver
        the teacher
        the shepherd
        my mother
        my father
        a stranger
        the doctor
        """,
    "children": "children\n boys and girls\n little ones",
    "birds": "sparrows\n robins\n swallows\n larks\n crows\n little birds\n ducks\n geese",
    # --- where -------------------------------------------------------------------------------------
    "stay": """
        on the *on
        upon the *on
        upon the +place *on
        in the *in
        in the *in
        in the +place *in
        by the *by
        by the +place *by.big
        beside the *by
        beside the +place *by.big
        behind the *behind
        near the *by
        under the *under
        beneath the *under
        beneath the *heavens
        not far from the *by
        """,
    "somewhere": """
        on the *on
        upon the *on
        on the *on.indoors
        upon the +thing *on.indoors
        in the *in
        in the *in.indoors
        in the +place *in
        by the *by
        beside the *by
        beside the +place *by.big
        behind the *behind
        behind the +place *behind
        near the *by
        under the *under
        underneath the *under
        inside a +thing *in.indoors
        """,
    "move.beast": """
        down the *down
        along the *down
        along the +road *down
        down the +road *down
        up and down the *down
        to the *to
        toward the *to
        toward the +place *to
        through the *through
        through the *through
        through falling *snow
        across the *across
        across the *across
        past the *by
        past the +place *by.big
        all the way to the *to
        around the *by
        """,
    "move.pet": "<move.beast>",
    "move.folk": "<move.beast>",
    "move.bird": """
        over the *over
        above the *over
        above the +place *over
        over the +place *over
        to the *to
        toward the *to
        across the *across
        high above the *over
        around the *by
        past the *by
        """,
    "over": """
        over the *over
        across the *over
        across the +place *over
        over the +place *over
        through the *through
        down the *down
        """,
    # --- when --------------------------------------------------------------------------------------
    "when": """
        one day
        one night
        last night
        at dawn
        at dusk
        one <season> day
        one <season> night
        one <season> morning
        one <season> evening
        at break of day
        before the dawn
        when it was <dark>
        in <early> <season_name>
        last week
        on <weekday>
        last <weekday>
        at five o'clock
        just before the rain
        late one afternoon
        yesterday
        when the sun was low
        early in the day
        when school was over
        after dinner
        under a <pale> moon
        """,
    "pale": "golden\n silver\n winter",
    "season": "winter\n summer\n autumn\n April\n windy\n rainy\n foggy\n frosty\n sunny\n chilly",
    "season_name": "winter\n summer\n autumn\n April",
    "dark": "dark\n late\n cold\n time for tea\n nearly dark",
    "early": "early\n late",
    "weekday": "Monday\n Tuesday\n Friday\n Sunday\n market day",
    "then": """
        then
        at last
        and then
        soon
        after that
        later on
        in the end
        by and by
        but soon
        """,
    # --- what beings do, and have -------------------------------------------------------------------
    "went.beast": """
        ran
        crept
        trotted
        came
        scampered
        wandered
        hurried
        {was} trotting
        came running
        went creeping
        slipped softly
        {was} running
        set out
        came slowly
        """,
    "went.few": "<went.beast>",
    "sat.few": "<sat.beast>",
    "go.few": "<go.beast>",
    "move.few": "<move.beast>",
    "do.me": "*do.me",
    "do.few": "*do\n *do.few",
    "the.few": "the ~\n the +beast ~\n they all",
    "A.few": """
        two +beast ~
        three +beast ~
        three +beast ~
        four +beast ~
        five +beast ~
        some +beast ~
        some ~
        the <owner> ~
        my <kin> ~
        ten +beast ~
        """,
    "went.pet": """
        ran
        trotted
        came
        scampered
        wandered
        hurried
        was trotting
        came running
        went roaming
        was running
        set out
        came slowly
        was straying
        """,
    "went.bird": """
        flew
        sailed
        circled
        was flying
        came flying
        fluttered
        swooped
        flew slowly
        was sailing
        went flying
        drifted
        """,
    "went.folk": """
        walked
        strolled
        hurried
        wandered
        came
        was walking
        went skipping
        was running
        came dancing
        ran
        walked slowly
        set out
        went riding
        """,
    "go.beast": "run\n creep\n trot\n come\n go running\n come creeping\n slip",
    "go.pet": "run\n trot\n come\n go running\n come trotting\n stray",
    "go.bird": "fly\n come flying\n sail\n go gliding",
    "go.folk": "walk\n stroll\n hurry\n come\n go running\n go skipping",
    "sat.beast": """
        sat
        slept
        {was} sleeping
        lay dreaming
        sat waiting
        {was} hiding
        lay down
        {was} resting
        lay curled up
        {was} playing
        rested
        waited
        """,
    "sat.pet": "<sat.beast>",
    "sat.bird": """
        sat
        was singing
        sat singing
        was waiting
        was calling
        rested
        slept
        sang softly
        sang
        sat dreaming
        """,
    "sat.folk": """
        sat
        sat reading
        was waiting
        stood singing
        sat down
        was dreaming
        was sleeping
        stood
        waited
        was resting
        sat thinking
        """,
    "do.beast": "*do\n *do.beast",
    "do.pet": "*do\n *do.pet",
    "do.bird": "*do\n *do.bird",
    "do.folk": "*do\n *do.folk",
    "a_thing": """
        a +thing *thing
        the +thing *thing
        a *thing
        {his} +thing *thing
        the <owner> *thing
        """,
    "new_thing": """
        a +thing *thing
        a +thing *thing
        the <owner> *thing
        my <kin> *thing
        a *thing
        """,
    "some_food": """
        a +food *food
        a +food *food
        a *food
        some *meal
        a bit of *meal
        a cup of *drink
        the +food *food
        """,
    "feel": "happy\n sleepy\n hungry\n weary\n lonely\n cheerful\n thirsty\n quiet",
    # --- how the world was --------------------------------------------------------------------------
    "world": """
        bells were ringing <outside>
        not a bird was *doing.bird
        stars were shining <outside>
        leaves were falling <outside>
        someone sang a song <outside>
        up above, the moon was *moon
        far away the bells began to *ringing
        the evening star was shining <outside>
        a candle burned till morning <outside>
        the owls were calling softly <outside>
        the rain began to *fall
        the stars began to *does
        the little stars were just about to *does
        the moon hung round and yellow <outside>
        all was quiet <outside>
        somewhere, someone started to *do.folk
        the sky was *sky
        the <air> was *air, the sky was *sky
        the sky was *sky, the <air> was *air
        the fields were *land, the hills were *land
        the moon was *moon
        the stars came out, the moon was *moon
        the <lamps> were lit, the stars were *bright
        the wind was *weather
        no wind was *weather
        soon it was *weather
        the moon was *moonlit
        a star shone down upon the *on
        the lamps were lit along the *down
        the rain fell softly on the *on
        the snow lay deep upon the *on
        an owl was calling from the *under
        the grass was *grass, the air was *air
        the sun shone down upon the *on
        the mist was white upon the *on
        the <birds> were <singing> in the *under
        the <children> were already *doing.folk
        the night was *night
        the day was gone, the night was *night
        the church bells rang across the *over
        a boat went by upon the *water
        the moon looked down upon the *on
        a light was shining <outside>
        the frogs were singing <outside>
        the wind had gone to sleep <outside>
        the smoke rose slowly from the *gone
        the last light faded from the *gone
        the clouds were white, the sky was *sky
        the bees were busy <outside>
        the roofs were *land, the sky was *sky
        """,
    "air": "air\n wind\n night\n day\n evening\n morning",
    "lamps": "lamps\n candles\n windows",
    "singing": "singing\n quiet\n calling\n sleeping",
    # --- couplets: whoever goes, and what comes of it ------------------------------------------------
    "goes@": """
        <A@> <went@> <move@>
        <A@> <went@> <move@>
        <when> <A@> <went@> <move@>
        <when> <A@> <went@> <move@>
        <when> <A@> <went@> <move@>
        <feel> and <feel>, <A@> <went@> <move@>
        <A@>, <feel> and <feel>, <went@> <move@>
        without a sound <A@> <went@> <move@>
        as quiet as the *any.quiet, <A@> <went@> <move@>
        while <someone> slept, <A@> <went@> <move@>
        too <feel> to <do@>, <A@> <went@> <move@>
        with <new_thing>, <A@> <went@> <move@>
        """,
    "goes_on@": """
        , and <sat@> <stay>
        , then <sat@> <stay>
        , and there {he} *did@ <stay>
        to <do@> <stay>
        to find <a_thing>
        to look for <some_food>
        to find <some_food>
        to see <other>
        to tell the news to <other>
        to visit <other>
        , and said good morning to <other>
        , as quick as any *any.quick
        , for {he} {was} <feel> and *felt
        , and oh, {he} felt so very *felt
        . <world>
        . <world>
        . <world>
        , and on the way {he} found <new_thing>
        , and met <other> <stay>
        , and did not stop to *stop
        , and did not even stop to *stop
        , and we could hear {him} *sound@
        , but no one there could hear {him} *sound@
        , then slowly, slowly went *off
        , but no one saw {him} *sight@
        , and all the <children> stopped to *kids
        , looking for <some_food>
        , looking for <a_thing>
        , dreaming of <some_food>
        , past the *by and past the *by
        """,
    # --- couplets: whoever stays --------------------------------------------------------------------
    "there@": """
        there {was} <A@> <stay>
        <stay> there {was} <A@> *doing@
        once there {was} <A@> <stay>
        there {was} <A@> who loved to *do@
        """,
    "there_on@": """
        , and {he} {was} looking for <a_thing>
        , and {he} {was} <feel>, {he} {was} *felt
        , listening to the *heard
        , dreaming of <some_food>
        , waiting for <other>
        . <world>
        , and {he} began to <do@>
        , and no one else could hear {him} *sound@
        , as quiet as any *any.quiet
        , the friend of <other>
        , and {he} lay down to *rest
        , and {he} had never heard the *heard
        """,
    "sees@": """
        I saw <A@> <go@> <move@>
        we watched <A@> <go@> <move@>
        I heard <A@> <go@> <move@>
        <when> I saw <A@> <go@> <move@>
        I met <A@> <stay>
        we found <A@> <stay>
        <stay> I saw <A@> *doing@
        <stay> we heard <A@> *sound@
        <when> I met <A@> <stay>
        """,
    "sees_on@": """
        , as quick as any *any.quick
        , as quiet as any *any.quiet
        , looking for <some_food>
        , dreaming of <some_food>
        , listening to the *heard
        , waiting for <other>
        , in search of <a_thing>
         with <new_thing>
        . <world>
        . <world>
        , and no one else could hear {him} *sound@
        , and then {he} <sat@> <stay>
        , and stopped to watch {him} *sight@
        , and {he} {was} <feel>, {he} {was} *felt
        , and {he} {was} looking for <a_thing>
        , and asked {him} if {he} wished to <do@>
        , and gave {him} <some_food>
        . I asked {him} for <some_food>
        . {he} told me of <new_thing>
        , the friend of <other>
        """,
    "who@": """
        who <went@> <move@>
        who <sat@> <stay>
        who likes to <do@> <stay>
        """,
    "who_on@": """
        ? it was <A@>, so <feel>, so *felt
        ? <A@>, as quick as any *any.quick
        ? <A@>, and with {him} <other>
        ? <A@>, looking for <some_food>
        ? <A@>, with <new_thing>
        ? it was <A@>, who wished to <do@>
        ? <A@>, waiting for <other>
        """,
    "way@": """
        <move@> and <move@>
        past the *by and past the *by
        <when> <move@>
        """,
    "way_on@": """
         went <A@>, <feel> and *felt
         went <A@> with <new_thing>
         went <A@>, as quick as any *any.quick
         came <A@> and <other>
         came <A@>, dreaming of <some_food>
         came <A@> to <do@> <stay>
        , <A@> went out to *together@
         <A@> went looking for <some_food>
        """,
    "sets@": """
        <world>
        <world>
        <when> the sky was *sky
        <when> <world>
        it was a day for *doing.folk
        """,
    "sets_on@": """
        , and <A@> <went@> <move@>
        . <A@> <went@> <move@>
        . <A@> <sat@> <stay>
        , and <A@> <sat@> <stay>
        , and <A@> came out to <do@>
        , and <A@> dreamed of <some_food>
        , when <A@> met <other> <stay>
        . <A@> {was} looking for <a_thing>
        . <A@> {was} <feel>, *felt
        """,
    "habit@": """
        <A@> likes to <do@> <stay>
        <A@> likes to <do@> <stay>
        <A@> lives <stay>
        on <weekday> <A@> comes <move@>
        <A@> often <sits@> <stay>
        you know <A@>, who <sits@> <stay>
        at night <A@> <sits@> <stay>
        each <season> day <A@> comes <move@>
        <stay> <A@> <sits@>, *doing@
        """,
    "habit_on@": """
        , and listens to the *heard
        , and has no time to <do@>
        , and waits for <other>
        , and shares <some_food> with <other>
        , watching the *watched
        , listening to the *heard
        , as happy as any *any.happy
        , and no one ever sees {him} *sight@
        . the sky is *sky, the <air> is *air
        , for {he} is <feel>, {he} is *felt
        , and never talks to <other>
        , and dreams about <a_thing>
        , and keeps <new_thing> <somewhere>
        , and always has a bit of *meal
        , the neighbor of <other>
        . {he} never wants to <do@>
        """,
    "sits.beast": "sits\n sleeps\n lies sleeping\n rests\n waits\n is hiding\n is resting",
    "sits.pet": "<sits.beast>",
    "sits.bird": "sits\n sings\n sits singing\n rests\n waits\n is calling\n is resting",
    "sits.folk": """
        sits
        sits reading
        sits thinking
        rests
        waits
        stands singing
        is dreaming
        """,
    "habit_later@": """
        all day {he} <sits@> <stay>
        all night {he} <sits@> <stay>
        and then at night {he} comes <move@>
        {he} likes to <do@>, {he} likes to *do
        by noon {he} often <sits@> <stay>
        sometimes {he} comes <move@>
        """,
    "wants@": """
        <A@> wished to <do@>
        <A@> came out to <do@>
        <when> <A@> began to <do@>
        <A@> did not want to <do@>
        <A@> lay down to *rest
        <A@> heard the *heard
        <A@> watched the *watched
        <A@> felt so very *felt
        <A@> waited for the *awaited
        <when> <A@> went *off
        <A@> dreamed about <a_thing>
        <A@> looked for <some_food>
        <A@> ate <some_food>
        <when> <A@> {was} *doing@
        <A@> {was} <feel>, {he} {was} *felt
        <A@> stayed up all through the *long
        <A@> had no time to <do@>
        <A@> tried to learn to *do@
        """,
    "wants_on@": """
        , and all the <children> came to *kids
        . <world>
        . <world>
        , but could not find <a_thing>
        , and <went@> <move@>
        , and <sat@> <stay>
        , but no one came to hear {him} *sound@
        , but soon <other> came to *do
        , because the sky was *sky
        , because the <air> was *air
        , because the night was *night
        , because {he} felt so very *felt
         together with <other>
         until <other> began to *do.beast
         beneath the *heavens
        , and far away {he} heard the *heard
        , and no one ever saw {him} *sight@
        , and all the world was *still
        , and never found <a_thing>
        , and dreamed of <some_food>
        , and soon {he} <went@> <move@>
        , and <someone> came to watch {him} *sight@
        , and talked about it to <other>
        , and all the <leafy> began to *leaves.do
        """,
    "then_wants@": """
        <then> {he} lay down to *rest
        {he} heard the *heard, {he} heard the *heard
        <then> {he} felt so very *felt
        <then> {he} began to <do@>
        and how {he} loved to sit and <do@>
        {he} did not want to <do@>
        <then> {he} watched the *watched
        <then> {he} dreamed of <some_food>
        <then> {he} went *off
        """,
    "stays@": """
        <A@> <sat@> <stay>
        <when> <A@> <sat@> <stay>
        <when> <A@> <sat@> <stay>
        <stay> <A@> *did@
        <stay> <A@> <sat@>, *doing@
        alone and <feel>, <A@> *did@
        <A@>, <feel> and <feel>, <sat@> <stay>
        too <feel> to <do@>, <A@> <sat@> <stay>
        while <someone> slept, <A@> <sat@> <stay>
        """,
    "stays_on@": """
        , and listened to the *heard
        , and watched the *watched
        , watching <other>
        , watching the *watched
        , listening to the *heard
        , waiting for the *awaited
        , waiting for <other>
        , dreaming of <some_food>
        , and waited for <other>
        , and waited for the *awaited
        , and shared <some_food> with <other>
        , and ate <some_food>
        , and thought of <some_food>
        , and did not want to <do@>
        . <world>
        . <world>
        . <world>
        , while not far off <other> *did.beast
        , and by {his} side <other> *did.beast
        , and dreamed about <a_thing>
        until the sky was *sky
        all through the *long
        , and {he} {was} <feel>, <feel>, *felt
        , as happy as any *any.happy
        , and no one told {him} not to <do@>
        , too *state to <do@>
        , and never saw <other>
        , <feel>, but far too *felt to <do@>
        """,
    # --- couplets: whoever finds something, and whoever has something ---------------------------------
    "finds@": """
        <A@> found a +thing *thing
        <when> <A@> found a +thing *thing
        <when> <A@> found a *thing
        <stay> <A@> found a *thing
        <stay> <A@> saw a +thing *thing
        """,
    "finds_on@": """
         that someone left <somewhere>
         that lay forgotten <somewhere>
         that <someone> lost <somewhere>
        , and hid it <somewhere>
        , and took it <move.folk>
        , and gave it to <other>
        , and showed it to <other>
        , and oh, {he} felt so very *felt
        . <world>
        """,
    "has@": """
        <A@> once had a +thing *thing
        <A@> loved {his} +thing *thing
        <A@> owned a +thing *thing
        for years <A@> had kept a *thing
        """,
    "has_on@": """
        , and kept it <somewhere>
        , and talked about it to <other>
        , the only one <somewhere>
        , and oh, {he} felt so very *felt
        , and would not lend it to <other>
        , the finest one that you could *seen
        , and liked it more than <some_food>
        , and hid it from <other>
        , a present from <other>
        """,
    "misses@": """
        <A@> wished for a +thing *thing
        <A@> had lost {his} +thing *thing
        <when> <A@> lost a +thing *thing
        <A@> looked for a +thing *thing
        """,
    "misses_on@": """
        , and looked for it <somewhere>
        , and asked about it <move@>
        , and dreamed about it <stay>
        , and found instead <new_thing>
        , but only found <new_thing>
        , and asked for help from <other>
        , and {he} {was} <feel>, {he} {was} *sorry
        """,
    # --- couplets: two who meet ---------------------------------------------------------------------
    "meets@": """
        <A@> met <other> <stay>
        <when> <A@> met <other>
        <A@> said good day to <other>
        <A@> knew <other>
        <stay> <A@> met <other>
        on <weekday> <A@> saw <other>
        """,
    "meets_on@": """
        , and they went out to *together@
        , and both of them began to *together@
        , and so they shared <some_food>
        , and then they talked about the *watched
        , and both were <feel>, both were *felt
        , and there they found <new_thing>
        , and asked if it would like to *together@
        . <world>
        , and showed it <new_thing>
        , and asked it for <some_food>
        , and off they went <move@>
        , and told it of <new_thing>
        """,
    # --- couplets: two clauses ----------------------------------------------------------------------
    "waited": """
        sat
        waited
        rested
        {was} resting
        {was} waiting
        stayed
        """,
    "clause@": """
        when <A@> <went@> <move@>
        as <A@> <went@> <move@>
        while <A@> <waited> <stay>
        """,
    "main@": """
        , all the <children> ran to *kids
        , all the leaves began to *leaves.do
        , someone came to watch {him} *sight@
        , someone heard {him} *sound@
        , {he} went back to <do@> <stay>
        , no one else was <outside>
        , <other> came out to *do.beast
        , the <children> all began to *kids
        , {he} found <new_thing> <somewhere>
        , {he} stopped a while to *stop
        , the sky was *sky
        , <world>
        , no one was there to hear {him} *sound@
        , we heard <other> *sound.beast
        , <someone> came to see {him} *sight@
        , the leaves and grasses seemed to *leaves.do
        , <other> was *doing.beast
        """,
    # --- couplets: somebody speaks ------------------------------------------------------------------
    "says@": """
        "good night," said <A@> to <other>
        "good morning," said <A@> to <other>
        "come out," said <A@> to <other>
        "look there!" said <A@> to <other>
        "how nice!" said <A@> to <other>
        """,
    "tells@": """
        "my dear," said <A@> to <other>
        "my friend," said <A@> to <other>
        "I think," said <A@> to <other>
        "oh yes," said <A@> to <other>
        """,
    "tells_on@": """
        , "it is too fine a day to <do@>."
        , "I wish that we could always <do@>."
        , "it is too *air a day to *sight@."
        , "I know a place where we can *together@."
        , "the sky is *sky, the moon is *moon."
        , "I would not mind <some_food>."
        , "we ought to find <new_thing>."
        """,
    "says_on@": """
        . "The night is *night, the house is *hush."
        . "Please come with me and *together@."
        . "Did you hear the *heard?"
        . "Who wants to come with me and *together@?"
        . "The sky is *sky, the <air> is *air."
        . "The sky is *sky, the moon is *moon."
        . "It is too fine a day to <do@>."
        . "I wish that we could always <do@>."
        . "Tomorrow let us go and *together@."
        . "I think that I will go and <do@>."
        . "I know a place where we can *together@."
        . "I left the <owner> *thing <somewhere>."
        . "I saw you walking <move.folk>."
        . "I found your +thing *thing."
        """,
    # --- later couplets -----------------------------------------------------------------------------
    "then_goes@": """
        <then> {he} <went@> <move@>
        <then> {he} <went@> <move@>
        {he} <went@> <move@>
        <the@> <went@> <move@>
        <then> <the@> <went@> <move@>
        next day {he} <went@> <move@>
        """,
    "then_stays@": """
        <then> {he} <sat@> <stay>
        <the@> <sat@> <stay>
        <then> <the@> <sat@> <stay>
        all night {he} <sat@> <stay>
        all day {he} <sat@> <stay>
        all alone {he} <sat@> <stay>
        that night {he} <sat@> <stay>
        and there, <feel>, {he} <sat@> <stay>
        """,
    "then_clause@": """
        when the rain began to *fall
        and when the stars began to *does
        as the stars began to *does
        when at last the sky was *sky
        once, when all the world was *still
        and when {he} <went@> <move@>
        but when {he} <went@> <move@>
        and while {he} <waited> <stay>
        and when the sky was *sky
        and when the moon was *moon
        when at last the day was *done
        """,
    "then_world@": "<world>",
    "then_world_on@": """
        , and {he} {was} <feel>, {he} {was} *felt
        , and so {he} <sat@> <stay>
        , and nobody could hear {him} *sound@
        , and {he} lay down to *rest
        . {he} dreamed about <new_thing>
        . {he} listened to the *heard
        . then {he} <went@> <move@>
        . soon {he} <went@> <move@>
        . {he} thought about <some_food>
        . it was so nice to <do@> <stay>
        . {he} said good evening to <other>
        """,
    "if@": """
        so if you wander <move.folk>
        and if you ever come <move.folk>
        if you are quiet <stay>
        and if at night you walk <move.folk>
        now, if you listen <stay>
        and even now, <stay>
        """,
    "if_on@": """
        , you still may hear {him} *sound@
        , you may see {him} *sight@
        , you may see <the@> *sight@
        , perhaps you too will hear {him} *sound@
        , perhaps {he} will come out to *sight@
        , look for {him} <stay>
        , you may see {him} <stay>
        """,
    # --- the wind, the rain and the snow --------------------------------------------------------------
    "blew.wind": """
        blew
        came blowing
        was singing
        wandered
        whistled
        went sighing
        went dancing
        hurried
        blew softly
        was rushing
        """,
    "blew.rain": """
        fell
        was falling
        came dancing
        pattered
        fell softly
        was drumming
        went drumming
        beat softly
        poured
        """,
    "blew.snow": """
        fell
        was falling
        came dancing
        drifted
        fell softly
        went swirling
        went whirling
        came whirling
        """,
    "blows@": """
        that day <A@> <blew@> <over>
        at noon <A@> <blew@> <over>
        high up <A@> <blew@> <over>
        it was late, and <A@> <blew@> <over>
        we woke: <A@> <blew@> <over>
        <A@> <blew@> <over>
        <when> <A@> <blew@> <over>
        <when> <A@> <blew@> <over>
        all night <A@> <blew@> <over>
        all day <A@> <blew@> <over>
        softly, softly, <A@> <blew@> <over>
        while <someone> slept, <A@> <blew@> <over>
        while we were sleeping <A@> <blew@> <over>
        """,
    "blows_on.wind": """
        , and made the <leafy> *leaves.do
        , and all the <leafy> began to *leaves.do
        , and took a +thing *blown
        , and chased my <kin> *blown
        , and stole a +thing *blown
        , and tugged at someone's +thing *blown
        , then went to sleep <outside>
        , and no one knew where it would *blow
        . <weather_world>
        . <weather_world>
        , and rattled every *rattled
        , and brought the scent of *scent
        , singing to <other>
        , and woke <other>
        , and carried leaves <move.bird>
        """,
    "leafy": "leaves\n grasses\n branches\n barley\n flags\n washing\n reeds",
    "blows_on.rain": """
        , and made the <ducks> begin to *sing
        , and washed the *washed
        , and washed the dust from all the *washed
        , and everyone came in to *indoors
        , so we all stayed at home to *indoors
        , and <someone> sat down to *indoors
        . <other> came in to *drydo
        , and filled the <buckets> <outside>
        , and in the barn <other> *did.beast
        , and ran in rivers <move.folk>
        . <weather_world>
        . <weather_world>
        , and woke <other>
        , and made the children want to *splash
        """,
    "ducks": "ducks\n frogs\n farmers\n robins",
    "weather_world": """
        far away the bells began to *ringing
        the smoke rose slowly from the *gone
        the clock struck ten, the night was *night
        we watched the lamps and candles *does
        an owl was calling from the *under
        the lamps were lit along the *down
        the <birds> were <singing> in the *under
        the night was *night
        the day was gone, the night was *night
        inside, <other> was *doing.pet
        the <air> was *air, the sky was *gloomy
        the fields were *land, the hills were *land
        """,
    "outside": """
        on the *on
        upon the *on
        in the *in
        by the *by
        beside the +place *by.big
        near the *by
        beneath the *under
        behind the *behind
        """,
    "buckets": "buckets\n barrels\n puddles",
    "blows_on.snow": """
        , and we put on our boots to *kids.snow
        . all night <other> *did.beast
        , and everything was *land.winter
        , and all the children came to *kids.snow
        , and everyone came out to *kids.snow
        , and covered all the *over
        , and in the barn <other> *did.beast
        , and left a cap upon the *on
        , as soft as any *soft
        . The <children> hurried out to *kids.snow
        , and hid the footprints <outside>
        . <someone> stayed inside to *indoors
        , and we found footprints <outside>
        . <weather_world>
        , and made the garden *land.winter
        """,
    "blows_later@": """
        at last it rested <outside>
        then it <blew@> <over>
        soon it <blew@> <over>
        by noon it <blew@> <over>
        all night it <blew@> <over>
        """,
    "blows_later_on@": """
        . we stayed inside to *indoors
        , and no one wanted to *splash
        , and we could hear <other> *sound.beast
        , and <someone> went out to *do.folk
        , and <other> *did.beast
        . <other> came out to *do.beast
        . <weather_world>
        , and then went softly *off
        . the <children> all began to *kids
        , while in the kitchen we sat *doing.folk
        """,
    "blows_when@": """
        and when it <blew@> <over>
        and as it <blew@> <over>
        but when at last the day was *done
        """,
    "blows_when_on@": """
        , all the leaves began to *leaves.do
        , <someone> ran to find <new_thing>
        , nobody wanted to *splash
        , we stayed inside to *indoors
        , <other> came out to *do.beast
        , the <children> all began to *kids
        , <weather_world>
        , my <kin> *tame began to *drydo
        , we heard <other> *sound.beast
        , we lit a candle <somewhere>
        """,
    # --- the seasons, as they always are --------------------------------------------------------------
    "act.spring": """
        the lambs *lambs
        the larks *larks
        the bees *bees
        the flowers *flowers.do
        the buds *flowers.do
        """,
    "act.summer": """
        the bees *bees
        the cows *cows
        the larks *larks
        the children *kids
        the roses *flowers.do
        """,
    "act.autumn": """
        the geese *geese
        the leaves *dead.leaves
        the swallows *geese
        the leaves *dead.leaves
        the cows *cows
        """,
    "act.winter": """
        the bears *bears
        the hedgehogs *bears
        the children *out.winter
        the badgers *bears
        """,
    "about": """
        in the *in
        by the *by
        beside the +place *by.big
        near the *by
        behind the *behind
        upon the *ground
        across the *across
        beneath the *under
        """,
    "road": """
        down the *down
        along the *down
        along the +road *down
        to the *to
        toward the *to
        past the *by
        past the +place *by.big
        around the *by
        """,
    "daytime": "day\n morning\n evening",
    "season@": """
        how I love ~, when <act@>
        see how in ~ <act@>
        soon it is ~, and <act@>
        I wait for ~, when <act@>
        when ~ comes, <act@>
        when ~ comes, <act@>
        in ~ <act@>
        in ~ <act@>
        in ~ <act@> <about>
        it's ~ now, and <act@>
        ~ is here, and <act@>
        ~ is here, the <sky> is *air@
        every ~ <act@>
        all through ~ <act@>
        now ~ comes <over>
        I know that ~ now is *here
        the <sky> is *air@, for ~ is *here
        when it is ~, <act@>
        """,
    "sky": "air\n day\n morning\n evening\n world",
    "season_on@": """
        , and <act@>
        , while <act@> <about>
        . the fields are *land@, the <sky> is *air@
        , and all the world is *land@
        , and we go out to *out@
        , and who would stay inside to *indoors?
        , so let us all go out to *out@
        . my <kin> *tame lies <about>
        , and I go walking <road>
        , and every <daytime> is *air@
        , and we can *out@ <about>
        , and <other> comes <road>
        , and there is time to *out@
        . the <sky> is *air@, the hills are *land@
        """,
    "invite@": """
        come out, my friends, come out and *out@
        put on your coats, come out and *out@
        let us go walking <road>
        how good it is <about>
        """,
    "invite_on@": """
        . the <sky> is *air@, the hills are *land@
        , for <act@>
        , now <act@>
        , now that the <sky> is clear and *air@
        , for <act@> <about>
        """,
    "season_later@": """
        <act@> <about>
        the fields are *land@, the <sky> is *air@
        <someone> walks <road>
        I love to wander <road>
        <about> <act@>
        the sun looks down upon the *on
        """,
    # --- what I like --------------------------------------------------------------------------------
    "like@": """
        I like to <do.me> <stay>
        I love to <do.me> <stay>
        I often <do.me> <stay>
        <stay> I like to *do.me
        on <weekday> I like to *do.me
        on <season> days I like to *do.me
        when I am <feel>, I go and *do.me
        sometimes I wander <move.folk>
        in my dreams I walk <move.folk>
        when school is over, I *do.me
        """,
    "like_on@": """
        , and watch the *watched
        , and listen to the *heard
        , and think about the *watched
        , when all the sky is *sky
        , for there I feel so very *good
        , and sing about the *watched
        , and share <some_food> with <other>
        , where I can hear the *heard
        , until the sky is *sky
        , and there I dream of <some_food>
        , as happy as any *any.happy
        , and then I dream about the *watched
        , and sometimes I can hear the *heard
        , with no one near me but <other>
        """,
    "own@": """
        I have a +thing *thing
        I wish I had a +thing *thing
        my mother has a +thing *thing
        """,
    "own_on@": """
        , and think of it when I am *felt
        , and would not change it for <some_food>
        , the pride of all the *proud
        , the nicest one that you could *seen
        . I keep it <somewhere>
        . I found it <somewhere>
        """,
    "place@": """
        I know a place <stay>
        the place I like is <stay>
        there is a place <stay>
        my sister found a place <stay>
        """,
    "place_on@": """
        , where I can hear the *heard
        , where <other> *did.beast
        , where <other> comes to *do
        , and no one knows it but <other>
        , where nobody will see us *kids
        , and there the <sky> is always *air.summer
        , and <birds> are <singing> in the *under
        , and we go there to eat our *meal
        """,
    "keeps@": """
        my brother keeps a +beast *animal
        my sister has a +beast *animal
        my best friend is <other>
        I have a +beast *tame
        I know <other>
        """,
    "keeps_on@": """
        , and every day it likes to *do.beast
        . it likes to <do.beast> <stay>
        , and every night we hear it *sound.beast
        , and I give it some of my *meal
        . it likes to play <stay>
        , so <feel>, <feel> and *felt
        , and it has <new_thing>
        . it often looks for <some_food>
        """,
    "dream@": """
        if I could be <other>
        if I could be <other>
        if I had wings, if I could *fly
        """,
    "dream_on@": """
        , I know that I would never *cry
        , I would go sailing <move.bird>
        , I think that I would learn to *do.folk
        , I would make friends with <other>
        , my house would be <stay>
        , I would live always <stay>
        , I would have honey <stay>
        """,
    "like_later@": """
        sometimes I meet <other>
        my <kin> *tame comes, too, to *do
        we talk about the *watched
        I am not <feel>, I am not *felt
        the <birds> are <singing> in the *under
        I bring some apples and some *meal
        """,
    "like_later_on@": """
        , and we sit down <stay>
        , and no one ever is *alone
        , and then it is too late to *do.folk
        , and then we sing about the *watched
        . we share <some_food> <stay>
        , and I am <feel>, I am *felt
        , and think about <some_food>
        , and then I listen to the *heard
        """,
    "like_when@": """
        and when the sky is *sky
        and when the moon is *moon
        and if the day is *air.winter
        and if you come <move.folk>
        and if I meet <other>
        """,
    "like_when_on@": """
        , I think about the *watched
        , I still sit there and *do.folk
        , we share <some_food> <stay>
        , both of us go out to *do.folk
        , I listen to the *heard
        , I know that I am not *alone
        """,
    # --- good night ---------------------------------------------------------------------------------
    "lull@": """
        good night, my ~, the <sky> is *night
        sleep, +child ~, the moon is *moon
        hush, +child ~, do not *cry
        now close your eyes, my ~, and *rest
        good night, good night, my +child ~, and *rest
        the stars are out, the moon is *moon
        sleep, my ~, and dream of *scent
        sleep now, my ~, and dream of <some_food>
        my ~, the rain is on the *over
        it is late, my ~, the <sky> is *night
        hush, my ~, the moon is *moonlit
        lie down, my ~, lie down and *rest
        the day is gone, the night is *night
        the sun has gone behind the *over
        """,
    "lull_on@": """
        , and tomorrow we shall *kids
        . all the world is *hush
        . your mother sings about the *watched
        , the little stars are in the *heavens
        . The day is gone, the night is *night
        . The wind is sleeping in the *under
        . <other> is asleep <somewhere>
        . <other> has gone to *bed
        . Tomorrow we shall go and *kids
        . Tomorrow you shall have <some_food>
        , and dream about the *watched
        . An owl is calling from the *under
        . The snow is falling on the *on
        . the lamp is low, the house is *hush
        . Your father is already *doing.folk
        , and you shall have a +thing *thing
        """,
    "lull_later@": """
        <other> is asleep <somewhere>
        the <birds> are quiet in the *under
        the mice lie sleeping <somewhere>
        no wind is *weather
        the rain is falling on the *over
        the <owner> *tame has gone to *bed
        """,
}

# How often a poem is of which kind, and how it goes on.
PLOTS: tuple[tuple[tuple[str, str], float], ...] = (
    (("beast", "past"), 8),
    (("pet", "past"), 5),
    (("bird", "past"), 7),
    (("folk", "past"), 10),
    (("few", "past"), 6),
    (("beast", "habit"), 2),
    (("pet", "habit"), 2),
    (("bird", "habit"), 2),
    (("folk", "habit"), 3),
    (("wind", "weather"), 4),
    (("rain", "weather"), 2),
    (("snow", "weather"), 2),
    (("spring", "season"), 1.5),
    (("summer", "season"), 1.5),
    (("autumn", "season"), 1.5),
    (("winter", "season"), 1.5),
    (("me", "me"), 6),
    (("child", "lullaby"), 4),
)

# Which lines make a couplet, and how often: the first of a poem, a later one, and the last one of a
# poem that has such an end.
COUPLETS: dict[str, dict[str, tuple[tuple[tuple[str, str], int], ...]]] = {
    "past": {
        "first": (
            (("goes", "goes_on"), 5),
            (("stays", "stays_on"), 5),
            (("wants", "wants_on"), 6),
            (("sees", "sees_on"), 4),
            (("way", "way_on"), 2),
            (("sets", "sets_on"), 4),
            (("there", "there_on"), 2),
            (("who", "who_on"), 2),
            (("finds", "finds_on"), 2),
            (("has", "has_on"), 2),
            (("misses", "misses_on"), 2),
            (("meets", "meets_on"), 3),
            (("clause", "main"), 2),
            (("says", "says_on"), 2),
            (("tells", "tells_on"), 2),
        ),
        "later": (
            (("then_goes", "goes_on"), 3),
            (("then_stays", "stays_on"), 3),
            (("then_wants", "wants_on"), 4),
            (("then_clause", "main"), 3),
            (("then_world", "then_world_on"), 3),
        ),
        "last": ((("if", "if_on"), 1),),
    },
    "habit": {
        "first": ((("habit", "habit_on"), 1),),
        "later": ((("habit_later", "habit_on"), 1),),
        "last": ((("if", "if_on"), 1),),
    },
    "weather": {
        "first": ((("blows", "blows_on"), 1),),
        "later": ((("blows_later", "blows_later_on"), 1), (("blows_when", "blows_when_on"), 1)),
        "last": ((("blows_when", "blows_when_on"), 1),),
    },
    "season": {
        "first": ((("season", "season_on"), 5), (("invite", "invite_on"), 1)),
        "later": ((("season_later", "season_on"), 2), (("invite", "invite_on"), 1)),
        "last": ((("season_later", "season_on"), 1),),
    },
    "me": {
        "first": (
            (("like", "like_on"), 4),
            (("own", "own_on"), 2),
            (("place", "place_on"), 2),
            (("keeps", "keeps_on"), 2),
            (("dream", "dream_on"), 1),
        ),
        "later": ((("like_later", "like_later_on"), 1), (("like_when", "like_when_on"), 1)),
        "last": ((("like_when", "like_when_on"), 1),),
    },
    "lullaby": {
        "first": ((("lull", "lull_on"), 1),),
        "later": ((("lull_later", "lull_on"), 1),),
        "last": ((("lull_later", "lull_on"), 1),),
    },
}
