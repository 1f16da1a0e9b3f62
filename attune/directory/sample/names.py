"""Words for fictional therapists. The surnames are invented so that nobody real is meant."""

WOMEN = (
    "Maren Amina Priya Chantal Leila Siobhan Odile Yara Noor Imani Tamsin Keiko Rosalind Anneliese Wanda Mei Ingrid Fatima "
    "Simone Delphine Harpreet Lucia Agnes Nadia Beatrix Ottoline Marisol Tallulah Esme Joyce"
).split()
MEN = (
    "Tobias Rafael Anders Desmond Hugo Farid Kwame Lionel Pascal Jasper Arjun Cedric Emile Callum Mateo Ravi Olivier Winston "
    "Ewan Gabriel"
).split()
NONBINARY = ("Wren", "Sage", "Rowan", "Indigo", "Marlow", "Ash", "Juniper", "Quill")
SURNAMES_A = (
    "Alder Bramble Clover Dapple Ember Fern Gorse Heather Ivy Juniper Kestrel Lark Moss Nettle Otter Pebble Quince Reed "
    "Sorrel Thistle Umber Vetch Willow Yarrow Tidal Harbour Lantern Meadow Saffron Velvet"
).split()
SURNAMES_B = "brook field hollow mere quill wick vale crest lea stone worth spring thorpe bridge well light".split()

ABOUT = (
    "I listen first. We go at a pace that feels safe, and I say what I notice so that you can tell me when I am off.",
    "Sessions with me are unhurried. I care about how it feels for you to sit with me, not only about what we talk about.",
    "I work with what happens between us in the room. Many people come to me after a therapy that did not quite reach them.",
    "We pay attention to the body as well as to words. You set the limits, and we stop whenever you like.",
    "I help people put feelings into words and notice what they need from those close to them.",
    "Being accepted as you are is where my work starts. I ask often whether I have understood you.",
)
TRAINING = {
    "relational": ("relational psychotherapy", "interpersonal therapy"),
    "somatic": ("Somatic Experiencing", "sensorimotor psychotherapy"),
    "humanistic": ("gestalt therapy", "existential therapy"),
}
OTHERS = ("CBT", "ACT", "EMDR", "narrative therapy", "mindfulness-based therapy", "internal family systems", "solution-focused therapy")
COLLEGES = {
    "ON": ("CRPO", "RP"),
    "QC": ("OPQ", "Psychologist"),
    "NS": ("NSCCT", "RCT"),
    "NB": ("CCTNB", "LCT"),
    "PE": ("CTPEI", "RCT"),
    "AB": ("CAP", "R. Psych."),
    "BC": ("BCACC", "RCC"),
}
EVERYWHERE = ("CCPA", "CCC")
