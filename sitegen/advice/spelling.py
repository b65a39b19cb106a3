"""Words that a spelling checker may pass: typed twice, American, or another word of that sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.advice.reading import Post, advice, is_own, place_in, prose, unquoted
from sitegen.problems import Problem
from sitegen.prose.tags import names


def check(post: Post) -> Iterator[Problem]:
    """What every rule about English words finds in a post."""
    yield from repeated(post)
    yield from american(post)
    yield from homophone(post)


_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)\s+\1(?![\w’'-])", re.I)
# These may stand twice: "the fact that that rule", "had had", "very very", "bye bye".
_MAY_REPEAT = names(
    "had that very really so much many no yes ha bye now there well hear knock night long far"
    " again never please tut blah wee poo boo choo yo cha can do win paw tom mama beri baden walla"
)
_WHAT_IS = re.compile(r"\b(?:what|who|where|how|all)\b[^.?!]*\Z", re.I)  # "What it is is a start."


def repeated(post: Post) -> Iterator[Problem]:
    """A word typed twice."""
    for block in post.texts:
        text = prose(block)
        words = text.lower().split()
        if not any(map(str.startswith, words[1:], words)):
            continue
        for m in _TWICE.finditer(text):
            first, second = m[1], m[0][-len(m[1]) :]
            name = first[0].isupper() and second[0].isupper()  # Duran Duran
            before = text[max(0, m.start() - 80) : m.start()]
            asked = first == "is" and _WHAT_IS.search(before)
            if first.casefold() not in _MAY_REPEAT and not (name or asked):
                place = place_in(block, m.end() - len(second), len(second))
                message = f'"{second}" is typed twice'
                yield advice(post, "repeated-word", message, place, fix="delete one of them")


def _pairs(listed: str) -> dict[str, str]:
    """``a=b`` pairs as a dict."""
    return dict(pair.split("=") for pair in listed.split())


# Only what no British sense has: not -ize, which is Oxford's; not license, practice, meter, check,
# draft, fetus or judgment. Also not the kin of these that end alike:
# honorary, humorous, laborious.
_STEMS = _pairs(
    "behavior=behaviour color=colour endeavor=endeavour favor=favour flavor=flavour harbor=harbour"
    " honor=honour humor=humour labor=labour neighbor=neighbour odor=odour rumor=rumour"
    " savor=savour tumor=tumour vapor=vapour vigor=vigour"
)
_ENDINGS = names("s ed ing able ful hood al ite ites less hoods ally ably er ers")
_WHOLE = _pairs(
    "center=centre centers=centres centered=centred centering=centring theater=theatre"
    " theaters=theatres fiber=fibre fibers=fibres liter=litre liters=litres kilometer=kilometre"
    " kilometers=kilometres centimeter=centimetre centimeters=centimetres millimeter=millimetre"
    " millimeters=millimetres milliliter=millilitre milliliters=millilitres caliber=calibre"
    " somber=sombre meager=meagre defense=defence defenses=defences offense=offence"
    " offenses=offences pretense=pretence analyze=analyse analyzed=analysed analyzes=analyses"
    " analyzing=analysing paralyze=paralyse paralyzed=paralysed catalyze=catalyse"
    " catalog=catalogue catalogs=catalogues gray=grey enroll=enrol enrolls=enrols"
    " enrollment=enrolment fulfill=fulfil fulfills=fulfils fulfillment=fulfilment"
    " skillful=skilful willful=wilful traveled=travelled traveler=traveller travelers=travellers"
    " traveling=travelling canceled=cancelled canceling=cancelling counselor=counsellor"
    " counselors=counsellors counseling=counselling counseled=counselled labeled=labelled"
    " labeling=labelling modeled=modelled modeling=modelling fueled=fuelled signaled=signalled"
    " signaling=signalling marvelous=marvellous jewelry=jewellery pajamas=pyjamas gotten=got"
    " mom=mum moms=mums aluminum=aluminium maneuver=manoeuvre pediatric=paediatric"
    " pediatrics=paediatrics pediatrician=paediatrician anesthetic=anaesthetic"
    " anesthesia=anaesthesia gynecology=gynaecology gynecologist=gynaecologist"
    " orthopedic=orthopaedic orthopedics=orthopaedics hematology=haematology anemia=anaemia"
    " anemic=anaemic diarrhea=diarrhoea estrogen=oestrogen leukemia=leukaemia celiac=coeliac"
    " edema=oedema esophagus=oesophagus hemorrhage=haemorrhage hemoglobin=haemoglobin"
    " hemophilia=haemophilia hemorrhoids=haemorrhoids cesarean=caesarean feces=faeces"
    " orthopedist=orthopaedist skeptical=sceptical skeptic=sceptic"
    " practiced=practised practicing=practising plow=plough mustache=moustache"
)
# A computer's program is one in Britain too; what people take part in is a programme.
_PROGRAMS = {"program": "programme", "programs": "programmes"}
_TAKEN_PART_IN = re.compile(
    r"\b(?:vaccination|immuni[sz]ation|screening|training|treatment|exercise|support|health|care"
    r"|education|prevention|outreach|rehabilitation|pilot|volunteer(?:ing)?)\s+$",
    re.I,
)
BRITISH = {
    **_WHOLE,
    **_PROGRAMS,
    **{
        american + ending: british + ending
        for american, british in _STEMS.items()
        for ending in ("", *_ENDINGS)
    },
}
_SURNAMES = names("Gray Harbor")


def american(post: Post) -> Iterator[Problem]:
    """American spelling; not in names and not in other people's words."""
    if post.lang.endswith("-US") or not post.words & BRITISH.keys():
        return
    for block in post.texts:
        text = unquoted(prose(block)) if is_own(block) else ""
        for m in re.finditer(r"(?<![\w@./-])[^\W\d_]+(?![\w@/]|\.\w)", text):
            british = BRITISH.get(m[0].lower())
            if not british or _is_name(text, m):
                continue
            if m[0].lower() in _PROGRAMS and not _TAKEN_PART_IN.search(text[: m.start()][-20:]):
                continue
            british = british.capitalize() if m[0][0].isupper() else british
            message = f'"{m[0]}" is American spelling'
            place = place_in(block, m.start(), len(m[0]))
            yield advice(post, "american-spelling", message, place, fix=f"type {british}")


def _is_name(text: str, m: re.Match[str]) -> bool:
    """Whether a word is part of a name: a capital inside a sentence, or before another capital."""
    if not m[0][0].isupper() or m[0] in _SURNAMES:
        return m[0] in _SURNAMES
    before, after = text[: m.start()].rstrip(" "), text[m.end() : m.end() + 2]
    begins = not before or before[-1] in ".!?:|\n“‘("
    return not begins or after[1:].isupper()


# Certain ones only: in no sentence is the left one right.
_MEANT = {
    "here from you": "hear from you",
    "here your views": "hear your views",
    "here your story": "hear your story",
    "here your experiences": "hear your experiences",
    "here your feedback": "hear your feedback",
    **{
        f"{modal} of {done}": f"{modal} have {done}"
        for modal in ("could", "should", "would")
        for done in ("been", "had", "done", "gone", "made", "taken")
    },
    "loose weight": "lose weight",
    "piece of mind": "peace of mind",
    "bare with us": "bear with us",
    "free reign": "free rein",
    "for all intensive purposes": "for all intents and purposes",
    "their is": "there is",
    "their are": "there are",
    "their was": "there was",
    "their were": "there were",
    "alot": "a lot",
}


def homophone(post: Post) -> Iterator[Problem]:
    """A word that sounds like the one that was meant."""
    file = post.text.lower()
    found = [typed for typed in _MEANT if typed in file]
    for block in post.texts if found else ():
        text = unquoted(prose(block))
        for typed in found:
            for m in re.finditer(rf"\b{typed}\b", text, re.I):
                place = place_in(block, m.start(), len(typed))
                message = f'"{m[0]}" sounds right, and is not what was meant'
                fix = f"type {_MEANT[typed]}"
                yield advice(post, "sounds-alike", message, place, fix=fix)
