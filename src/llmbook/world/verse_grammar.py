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
SUBJECTS = {
    "beast": "fox hare mole bear mouse frog toad badger hedgehog otter rabbit squirrel weasel",
    "pet": "cat dog goat pig calf lamb foal kitten puppy donkey pony",
    "bird": "owl crow wren lark thrush jay duck goose hen magpie robin sparrow blackbird swallow",
    "folk": "Tom Jack Sam Paul Ben Max Karl Anna Clara Emma Lucy Nora Rose Ruth Vera Martin Peter Leo "
    "Felix Hugo Oscar Victor Simon Henry Mary Alice Ella Flora Hanna Julia Paula Tina Iris Zoe Noah",
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
SUBJECTS = {kind: nouns.split() for kind, nouns in SUBJECTS.items()}

# What may be combined with a noun.
ADJECTIVES = {
    "beast": "small gray brown shy little hungry tiny sleepy lonely gentle merry young old quick wild "
    "clever quiet cheerful careful restless happy friendly modest",
    "wind": "cold soft wild mild gentle bitter restless chilly warm lazy northern southern early",
    "rain": "cold soft sudden gentle steady quiet early silver heavy",
    "snow": "soft first gentle early silent heavy deep",
    "place": "quiet sunny windy distant lonely empty silent misty old gray cold shady ancient",
    "road": "quiet sunny windy dusty muddy narrow stony empty snowy steep long crooked lonely",
    "thing": "red blue green small old little yellow pretty tiny purple golden silver painted shiny "
    "new pink dusty favorite useful",
    "food": "ripe sweet fresh big small golden tasty little",
}
ADJECTIVES = {name: words.split() for name, words in ADJECTIVES.items()}

# The words that can be rhymed, by what they can be at the end of a phrase.
ENDS = {
    # places, by their prepositions
    "on": "hill ground stone log bank slope rock wall roof bridge stump road shore sand moss ledge "
    "lawn grass plain stair chair floor mat bed sill table mountain steeple stool",
    "outdoors": "hill ground bank slope rock roof bridge road shore sand moss lawn grass plain mountain wall "
    "stone ice street",
    "in": "hay wood glen dell shed shade corn wheat park grass hall square glade lane clover heather "
    "town nest barley cave yard room rye straw house barn tower garden hollow puddle sun fern reeds stable",
    "by": "brook stream lake sea shore gate door tree mill wall pond hedge creek bay pool well fence inn "
    "house barn oak spring river willow ferry fire tower flower fountain thistle holly lily steeple "
    "table pine rose rill daisy beach",
    "under": "tree bough pine hedge leaves trees eaves fern bridge oak willow holly rose",
    "heavens": "stars moon sky sun skies",
    "down": "lane road street hill track trail slope shore bank river mountain beach",
    "to": "mill door gate town sea shore brook stream lake creek pond wood farm inn house school hill barn "
    "river ferry yard cave tower fountain bay well beach stable hollow",
    "through": "wood snow rain gate grass wheat corn rye fog trees dell glen leaves hay town park heather "
    "clover barley dew reeds straw flowers yard",
    "across": "moor field sand snow street square bridge lawn ground ice plain lane road river yard hollow",
    "over": "hill town trees sea wall roof wood lake vale plain road mill bay field wheat barn farm moor "
    "river heather valley steeple tower mountain yard square street",
    # times
    "long": "day night year week",
    # things
    "thing": "kite key bell ring cap map boat box book spoon flute drum jug cup jar pail sack bag flag "
    "net stick clock ball shell spade bowl lamp chain wheel stone crown hat coat shoe rake pillow mitten "
    "feather broom sled comb rope lock mask flask vest glass horn boot pen string toy tray fan hook "
    "stamp candle letter button kettle fiddle whistle treasure sweater saw hoe wagon",
    "food": "pear plum peach pie cake bun fig nut cherry berry crumb bean tomato apple",
    "meal": "bread cheese fruit cream stew tea pie cake honey butter dinner corn",
    "blown": "hat cap kite flag map shawl scarf letter feather sweater",
    # beings
    "animal": "hare bear fox goose mouse goat toad frog duck hen sheep cow mole crow owl lark wren jay deer "
    "snail cat dog kitten bunny swallow dove rat bat hawk",
    "tame": "goose goat duck hen sheep cow cat dog kitten hound mare foal bunny",
    # what beings do, as after "to": all of them, and some
    "do": "play stay sleep rest wait hide eat look stop drink peep dream nap",
    "do.beast": "leap hop run creep roam jump play hide sleep rest dig doze feed tumble slumber growl sniff",
    "do.pet": "leap run roam jump play hide sleep rest doze feed tumble slumber stray",
    "do.bird": "sing fly glide soar swing call hop rest sleep feed dive cry flutter",
    "do.folk": "sing play walk dream wait stay row read ride climb talk roam dance think shout jump "
    "bake sew mend draw sail swim giggle whistle wonder ponder slumber mumble stroll laugh paint",
    "kids": "sing play dance hop run climb shout cheer read slide skip hide swing race ride leap jump "
    "giggle whistle tumble laugh skate",
    "indoors": "read bake sew play sing draw dream talk rest stay nap think knit doze",
    "sound.beast": "snore growl cry rumble grumble drink call squeak sniff",
    "sound.pet": "snore cry call grumble play drink",
    "sound.bird": "sing call cry flutter coo",
    "sound.folk": "sing hum talk snore sigh whistle giggle mumble laugh read",
    "sight.beast": "leap run play creep roam hide dig drink hop jump tumble feed doze",
    "sight.pet": "leap run play roam jump tumble doze feed drink eat",
    "sight.bird": "fly soar glide dive swing hop flutter feed",
    "sight.folk": "row ride walk dance climb read play swim stroll sail",
    "leaves.do": "shake dance fly swing sway bend flutter quiver sing sigh rustle glitter",
    "did": "slept stayed lay",
    "did.beast": "ran crept leapt played fed hid dug sat lay slept stayed drank fled",
    "did.pet": "ran crept leapt played fed hid sat lay slept stayed drank strayed",
    "did.bird": "sang flew slept sat cried stayed called soared",
    "did.folk": "sang stood played wept cried slept read sewed rowed walked stayed dreamed sat knelt",
    "doing.beast": "running leaping creeping sleeping playing hiding rolling peeping tumbling resting feeding",
    "doing.pet": "running leaping sleeping playing hiding rolling peeping resting feeding straying",
    "doing.bird": "flying singing calling crying gliding peeping swinging sleeping nesting feeding",
    "doing.folk": "singing playing dreaming sleeping riding rowing crying humming strolling calling baking "
    "walking talking reading resting waiting thinking waking",
    # what is heard, watched, awaited
    "heard": "rain breeze stream brook bell sea lark thrush flute drum owl gale crow bees storm rill wren "
    "thunder swallow fiddle fountain fire hail creek river",
    "watched": "snow rain stream moon stars sky sea trees sun leaves light street crow lark ice river clouds "
    "road fire hawk",
    "awaited": "day spring night dawn moon sun snow rain light morning noon train mail",
    "off": "away home along alone ahead",
    # how beings are
    "state": "shy sly bold cold slow sweet proud free alone asleep awake afraid content wise strong kind "
    "late wet dry small old glad sad merry clever smitten cozy lazy silly sleepy",
    "felt": "bold cold slow proud free alone afraid content wise strong glad sad weak merry brave blue "
    "weary cheery lazy cozy silly jolly",
    "seen": "see find buy own",
    "alone": "alone afraid sad",
    "done": "done gone through over",
    "rest": "rest sleep dream doze",
    "bed": "rest sleep bed",
    "cry": "cry weep peep wake fear",
    "here": "near here",
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
    "bright": "bright white red clear gold small",
    "night": "deep long cold near here still dark clear black",
    "weather": "blowing snowing raining",
    "moonlit": "shining gleaming glowing rising beaming",
    # the seasons
    "spring.act": "play leap grow sing hum glow call nest run sway swing hop wake",
    "lambs": "play leap run feed hop",
    "larks": "sing soar call nest fly rise",
    "bees": "hum fly roam buzz dance wander",
    "flowers.do": "grow glow bloom sway shine",
    "cows": "rest feed doze graze roam stand",
    "geese": "fly call cry go rise",
    "dead.leaves": "fall blow fly drift flutter tumble",
    "bears": "sleep snore doze rest dream slumber",
    "land.spring": "green sweet wet new",
    "land.summer": "green gold dry sunny",
    "land.autumn": "brown gold bare wet yellow red",
    "land.winter": "white bare deep cold hard gray",
    "air.spring": "sweet clear mild fresh bright sunny",
    "air.summer": "clear warm hot fine still blue mellow",
    "air.autumn": "gray cool chill damp clear hazy chilly mellow",
    "air.winter": "cold chill still dry gray dark bitter chilly dreary",
    "out.spring": "play run plow climb row ride walk roam dig dance",
    "out.summer": "swim row play sail ride camp roam lie rest dream wander climb",
    "out.autumn": "reap rake play walk roam plow ramble ride",
    "out.winter": "skate slide play sled run ride",
}
ENDS = {name: words.split() for name, words in ENDS.items()}

GRAMMAR = {
    # --- who ---------------------------------------------------------------------------------------
    "A.beast": """
        a +beast ~
        a +beast ~
        a +beast ~
        a ~
        one +beast ~
        the +beast ~
        a +beast and <feel> ~
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
    "the.beast": "the ~\n the little ~",
    "the.pet": "the ~\n our ~\n the little ~",
    "the.bird": "the ~\n the little ~",
    "the.folk": "~\n our ~",
    "owner": "miller's\n baker's\n farmer's\n weaver's\n teacher's\n doctor's\n shepherd's",
    "kin": "sister's\n brother's\n father's\n mother's\n cousin's\n neighbor's\n uncle's",
    "other": "the +beast *animal\n a +beast *animal\n the *animal\n the <owner> *tame\n my <kin> *tame",
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
        upon the +place *outdoors
        in the *in
        in the *in
        by the *by
        by the +place *by
        beside the *by
        beside the +place *by
        behind the *by
        near the *by
        under the *under
        beneath the *under
        beneath the *heavens
        not far from the *by
        """,
    "somewhere": """
        on the *on
        upon the *on
        in the *in
        in the +place *in
        by the *by
        beside the *by
        beside the +place *by
        behind the *by
        near the *by
        under the *under
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
        across the *across
        across the *across
        past the *by
        past the +place *by
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
    "then": "then\n at last\n and then\n soon\n after that\n later on\n in the end\n by and by\n but soon",
    # --- what beings do, and have -------------------------------------------------------------------
    "went.beast": """
        ran
        crept
        trotted
        came
        scampered
        wandered
        hurried
        was trotting
        came running
        went creeping
        slipped softly
        was running
        set out
        came slowly
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
        was sleeping
        lay dreaming
        sat waiting
        was hiding
        lay down
        was resting
        lay curled up
        was playing
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
    "sitting.beast": "sleeping\n resting\n hiding\n dreaming",
    "sitting.pet": "sleeping\n resting\n hiding\n dreaming",
    "sitting.bird": "singing\n calling\n resting",
    "sitting.folk": "singing\n reading\n resting\n dreaming",
    "do.beast": "*do\n *do.beast",
    "do.pet": "*do\n *do.pet",
    "do.bird": "*do\n *do.bird",
    "do.folk": "*do\n *do.folk",
    "a_thing": "a +thing *thing\n the +thing *thing\n a *thing\n {his} +thing *thing\n the <owner> *thing",
    "new_thing": "a +thing *thing\n a +thing *thing\n the <owner> *thing\n my <kin> *thing\n a *thing",
    "some_food": "a +food *food\n a *food\n some *meal\n a bit of *meal\n a +food *food",
    "feel": "happy\n sleepy\n hungry\n weary\n lonely\n cheerful\n thirsty\n quiet",
    # --- how the world was --------------------------------------------------------------------------
    "world": """
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
        a star shone down upon the *outdoors
        the lamps were lit along the *down
        the rain fell softly on the *outdoors
        the snow lay deep upon the *outdoors
        an owl was calling from the *under
        the grass was *grass, the air was *air
        the sun shone down upon the *outdoors
        the mist was white upon the *outdoors
        the <birds> were <singing> in the *under
        the <children> were already *doing.folk
        the night was *night
        the day was gone, the night was *night
        """,
    "air": "air\n wind\n night\n day\n evening\n morning",
    "lamps": "lamps\n candles\n windows",
    "singing": "singing\n quiet\n calling\n sleeping",
    # --- couplets: whoever goes, and what comes of it ------------------------------------------------
    "goes@": """
        <A@> <went@> <move@>
        <when> <A@> <went@> <move@>
        <when> <A@> <went@> <move@>
        I saw <A@> <go@> <move@>
        we watched <A@> <go@> <move@>
        <feel> and <feel>, <A@> <went@> <move@>
        <A@>, <feel> and <feel>, <went@> <move@>
        without a sound <A@> <went@> <move@>
        as quiet as <other>, <A@> <went@> <move@>
        while <someone> slept, <A@> <went@> <move@>
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
         and said good morning to <other>
        , as quick as any *animal
        , for {he} was <feel> and *felt
        , and oh, {he} felt so very *felt
        . <world>
        . <world>
        , and on the way {he} found <new_thing>
        , and met <other> <stay>
        , and did not stop to <do@>
        , and did not even stop to <do@>
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
    "stays@": """
        <A@> <sat@> <stay>
        <when> <A@> <sat@> <stay>
        <when> <A@> <sat@> <stay>
        there was <A@> <stay>
        I met <A@> <stay>
        <stay> <A@> *did@
        we found <A@> <stay>
        alone and <feel>, <A@> *did@
        <stay> I saw <A@> *doing@
        <stay> we heard <A@> *sound@
        <stay> <A@> lay, *doing@
        who was <sitting@> <stay>
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
        , too tired, too <feel> to <do@>
        . <world>
        . <world>
        , while not far off <other> *did.beast
        , and by {his} side <other> *did.beast
        , and dreamed about <a_thing>
         until the sky was *sky
         all through the *long
        , and {he} was <feel>, <feel>, *felt
        , as happy as <other>
        , and no one told {him} not to <do@>
        , and wondered when the *awaited would come
        , too *state to <do@>
        """,
    # --- couplets: whoever finds something, and whoever has something ---------------------------------
    "finds@": """
        <A@> found a +thing *thing
        <when> <A@> found a +thing *thing
        <when> <A@> found a *thing
        <stay> <A@> found a *thing
        <stay> <A@> saw a +thing *thing
        I saw <A@> with a +thing *thing
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
        I gave <A@> a +thing *thing
        <A@> loved {his} +thing *thing
        <A@> wished for a +thing *thing
        <A@> had lost {his} +thing *thing
        """,
    "has_on@": """
        , and kept it <somewhere>
        , and dreamed about it <stay>
        , and talked about it to <other>
        , the only one <somewhere>
        , and oh, {he} felt so very *felt
        , as bright as any *food
        , and would not lend it to <other>
        , the finest one that you could *seen
        """,
    # --- couplets: two who meet ---------------------------------------------------------------------
    "meets@": """
        <A@> met <other> <stay>
        <when> <A@> met <other>
        <A@> said good day to <other>
        <A@> knew <other>
        <stay> <A@> met <other>
        """,
    "meets_on@": """
        , and they went out to <do@>
        , and both of them began to <do@>
        , and so they shared <some_food>
        , and then they talked about the *watched
        , and both were <feel>, both were *felt
        , and there they found <new_thing>
        , and asked if it would like to *do
        . <world>
        """,
    # --- couplets: two clauses ----------------------------------------------------------------------
    "clause@": """
        when <A@> <went@> <move@>
        as <A@> <went@> <move@>
        while <A@> <sat@> <stay>
        """,
    "main@": """
        , <other> came out to *do.beast
        , the <children> all began to *kids
        , {he} found <new_thing> <somewhere>
        , {he} stopped a while to <do@>
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
        "my dear," said <A@> to <other>
        "my friend," <A@> told <other>
        """,
    "says_on@": """
        . "The sky is *sky, the <air> is *air."
        . "The sky is *sky, the moon is *moon."
        . "It is too fine a day to <do@>."
        . "I wish that we could always <do@>."
        . "Tomorrow let us go and <do@>."
        . "I think that I will go and <do@>."
        . "I know a place where we can <do@>."
        . "I left my <owner> *thing <somewhere>."
        . "I saw you walking <move.folk>."
        . "I found your +thing *thing."
        """,
    # --- later couplets -----------------------------------------------------------------------------
    "then_goes@": """
        <then> {he} <went@> <move@>
        {he} <went@> <move@>
        <the@> <went@> <move@>
        <then> <the@> <went@> <move@>
        on {he} <went@> <move@>
        """,
    "then_stays@": """
        <then> {he} <sat@> <stay>
        <the@> <sat@> <stay>
        <then> <the@> <sat@> <stay>
        all night {he} <sat@> <stay>
        all day {he} <sat@> <stay>
        all alone {he} <sat@> <stay>
        """,
    "then_clause@": """
        and when {he} <went@> <move@>
        but when {he} <went@> <move@>
        and while {he} <sat@> <stay>
        and when the sky was *sky
        and when the moon was *moon
        when at last the day was *done
        """,
    "then_world@": "<world>",
    "then_world_on@": """
        , and {he} was <feel>, {he} was *felt
        , and so {he} <sat@> <stay>
        , and nobody could hear {him} *sound@
        , and {he} lay down to *rest
        . {he} dreamed about <new_thing>
        . {he} listened to the *heard
        . Then {he} <went@> <move@>
        . Soon {he} <went@> <move@>
        """,
    "if@": """
        so if you wander <move.folk>
        and if you ever come <move.folk>
        if you are quiet <stay>
        and if at night you walk <move.folk>
        now, if you listen <stay>
        """,
    "if_on@": """
        , you still may hear {him} *sound@
        , you may see <the@> *sight@
        , perhaps you too will hear {him} *sound@
        , look for {him} <stay>
        , you may see {him} <stay>
        """,
    # --- the wind, the rain and the snow --------------------------------------------------------------
    "blew.wind": "blew\n came blowing\n was singing\n wandered\n whistled\n was sighing\n went dancing\n hurried\n blew softly",
    "blew.rain": "fell\n was falling\n came dancing\n pattered\n fell softly\n was drumming\n came down",
    "blew.snow": "fell\n was falling\n came dancing\n drifted\n fell softly\n came down\n was drifting",
    "blows@": """
        <A@> <blew@> <over>
        <when> <A@> <blew@> <over>
        <when> <A@> <blew@> <over>
        all night <A@> <blew@> <over>
        all day <A@> <blew@> <over>
        we heard <A@> <over>
        softly, softly, <A@> <blew@> <over>
        while <someone> slept, <A@> <blew@> <over>
        while all of us were *doing.folk
        """,
    "blows_on.wind": """
        , and made the <leafy> *leaves.do
        , and all the <leafy> began to *leaves.do
        , and blew my <kin> *blown away
        , and took a +thing *blown
        , and chased my <kin> *blown
        , and stole a *blown
        , then went to sleep <stay>
        , and no one knew where it would *blow
        . <world>
        , and rattled every *rattled
        , and brought the scent of *scent
        , singing to <other>
        """,
    "leafy": "leaves\n grasses\n branches\n barley\n flags\n washing\n reeds",
    "blows_on.rain": """
        , and made the <ducks> begin to *sing
        , and washed the *washed
        , and everyone came in to *indoors
        , so we all stayed at home to *indoors
        , and <someone> sat down to *indoors
        . <other> came in to *do
        , and filled the <buckets> <somewhere>
        , and <other> *did.beast
        , and ran in rivers <move.folk>
        . <world>
        , and woke <other>
        """,
    "ducks": "ducks\n frogs\n farmers\n robins",
    "buckets": "buckets\n barrels\n puddles",
    "blows_on.snow": """
        , and all the children came to *kids
        , and everyone came out to *kids
        , and covered all the *over
        , and <other> *did.beast
        , and left a cap upon the *outdoors
        , as soft as any *soft
        . The <children> hurried out to *kids
        , and hid the footprints <stay>
        . <someone> stayed inside to *indoors
        , and we found footprints <stay>
        """,
    "blows_later@": """
        at last it rested <stay>
        then it <blew@> <over>
        and when it <blew@> <over>
        soon it <blew@> <over>
        """,
    "blows_later_on@": """
        , <other> came out to *do.beast
        , the <children> all began to *kids
        , <world>
        , and we could hear <other> *sound.beast
        , and <someone> went out to *do.folk
        , and <other> *did.beast
        """,
    # --- the seasons, as they always are --------------------------------------------------------------
    "act.spring": "the lambs *lambs\n the larks *larks\n the bees *bees\n the flowers *flowers.do\n the buds *flowers.do",
    "act.summer": "the bees *bees\n the cows *cows\n the larks *larks\n the children *kids\n the roses *flowers.do",
    "act.autumn": "the geese *geese\n the leaves *dead.leaves\n the swallows *geese\n the leaves *dead.leaves\n the cows *cows",
    "act.winter": "the bears *bears\n the hedgehogs *bears\n the children *out.winter\n the badgers *bears",
    "season@": """
        when ~ comes, <act@>
        in ~ <act@>
        in ~ <act@> <stay>
        it's ~ now, and <act@>
        ~ is here, and <act@>
        ~ is here: <act@>
        every ~ <act@>
        all through ~ <act@>
        ~ walks <over>
        the fields are *land@, the <sky> is *air@
        all the hills are *land@ now
        the <sky> is *air@, for ~ is *here
        now all the *over is *land@
        """,
    "sky": "air\n day\n morning\n evening\n world",
    "season_on@": """
        , and <act@>
        , while <act@> <stay>
        . The fields are *land@, the <sky> is *air@
        , and all the world is *land@
        , and we go out to *out@
        , and no one wants to *indoors
        , and who would rather *indoors
        , so let us all go out to *out@
        . My <kin> *tame lies <stay>
        , and I go walking <move.folk>
        , and every <sky> is *air@
        , and we will *out@ <stay>
        , and <other> comes <move.beast>
        """,
    "season_later@": """
        <act@> <stay>
        the fields are *land@, the <sky> is *air@
        come out, my friends, come out and *out@
        <someone> walks <move.folk>
        I love to wander <move.folk>
        <stay> <act@>
        """,
    # --- what I like --------------------------------------------------------------------------------
    "like@": """
        I like to <do.folk> <stay>
        I love to <do.folk> <stay>
        I often <do.folk> <stay>
        <stay> I like to *do.folk
        on <weekday> I like to *do.folk
        when I am <feel>, I *do.folk
        when I am <feel>, I go and *do.folk
        sometimes I wander <move.folk>
        I have a +thing *thing
        I wish I had a +thing *thing
        my mother has a +thing *thing
        my brother keeps a +beast *animal
        I know a place <somewhere>
        if I could be <other>
        in my dreams I walk <move.folk>
        """,
    "like_on@": """
        , and watch the *watched
        , and listen to the *heard
        , and think about the *watched
        , when all the sky is *sky
        , for there I feel so very *felt
        , and sing about the *watched
        , or share <some_food> with <other>
        , where I can hear the *heard
        , until the sky is *sky
        , and nobody has time to *kids
        . I wonder when the *awaited will come
        , and there I dream of <some_food>
        , with <other>
        , as happy as <other>
        , and then I dream about the *watched
        """,
    "like_later@": """
        and when the sky is *sky
        and when the moon is *moon
        and if the day is *air.winter
        sometimes I meet <other>
        my <kin> *tame comes, too, to *do
        we talk about the *watched
        and if you come <move.folk>
        """,
    "like_later_on@": """
        , I think about the *watched
        , and we sit down <stay>
        , we share <some_food> <stay>
        , and both of us go out to *do.folk
        , and then it is too late to *do.folk
        , and we are <feel>, we are *felt
        , I know that I am never *alone
        """,
    # --- good night ---------------------------------------------------------------------------------
    "lull@": """
        good night, my ~, the <sky> is *night
        sleep, little ~, the moon is *moon
        hush, little ~, do not *cry
        now close your eyes, my ~, and *rest
        good night, good night, my little ~, and *rest
        the stars are out, the moon is *moon
        sleep, my ~, and dream of *scent
        hush, my ~, the moon is *moonlit
        lie down, my ~, lie down and *rest
        the day is gone, the night is *night
        the sun has gone behind the *over
        """,
    "lull_on@": """
        , the little stars are in the *heavens
        . The day is gone, the night is *night
        . The wind is sleeping in the *under
        . <other> is asleep <somewhere>
        . <other> has gone to *bed
        . Tomorrow we shall go and *kids
        . Tomorrow you shall have <some_food>
        , and dream about the *watched
        . An owl is calling from the *under
        . The snow is falling on the *outdoors
        , the lamp is low, the house is *air
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

# How often a poem is about a kind.
KINDS = (
    ("beast", 9),
    ("pet", 6),
    ("bird", 8),
    ("folk", 12),
    ("wind", 4),
    ("rain", 3),
    ("snow", 3),
    ("spring", 2),
    ("summer", 2),
    ("autumn", 2),
    ("winter", 2),
    ("me", 6),
    ("child", 4),
)

# Which lines make a couplet, and how often: the first of a poem, a later one, and the last one, if a
# poem has such an end.
_BEINGS = {
    "first": (
        (("goes", "goes_on"), 5),
        (("stays", "stays_on"), 5),
        (("finds", "finds_on"), 2),
        (("has", "has_on"), 2),
        (("meets", "meets_on"), 2),
        (("clause", "main"), 2),
        (("says", "says_on"), 2),
    ),
    "later": (
        (("then_goes", "goes_on"), 3),
        (("then_stays", "stays_on"), 3),
        (("then_clause", "main"), 3),
        (("then_world", "then_world_on"), 3),
    ),
    "last": ((("if", "if_on"), 1),),
}
_WEATHER = {
    "first": ((("blows", "blows_on"), 1),),
    "later": ((("blows_later", "blows_later_on"), 1),),
    "last": ((("blows_later", "blows_later_on"), 1),),
}
_SEASON = {
    "first": ((("season", "season_on"), 1),),
    "later": ((("season_later", "season_on"), 1),),
    "last": ((("season_later", "season_on"), 1),),
}
COUPLETS = {
    **dict.fromkeys(("beast", "pet", "bird", "folk"), _BEINGS),
    **dict.fromkeys(("wind", "rain", "snow"), _WEATHER),
    **dict.fromkeys(("spring", "summer", "autumn", "winter"), _SEASON),
    "me": {
        "first": ((("like", "like_on"), 1),),
        "later": ((("like_later", "like_later_on"), 1),),
        "last": ((("like_later", "like_later_on"), 1),),
    },
    "child": {
        "first": ((("lull", "lull_on"), 1),),
        "later": ((("lull_later", "lull_on"), 1),),
        "last": ((("lull_later", "lull_on"), 1),),
    },
}
