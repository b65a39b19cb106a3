"""Every code that a fault or an advice may have: what it tells, and why it matters.

``docs/faults.md`` is made from this table, and ``silence`` in config.yaml may name its codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.problems import Severity

ERROR = (Severity.ERROR,)
WARNING = (Severity.WARNING,)
ADVICE = (Severity.ADVICE,)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code tells, in a sentence, and why it matters to readers or to the site.

    ``severities`` are those that it may have: most codes have one.
    """

    says: str
    why: str
    severities: tuple[Severity, ...] = ERROR


CODES: Mapping[str, Mapping[str, Code]] = {
    "Files and folders": {
        "no-kind": Code(
            "a post lies in no folder of a kind of post",
            "The folder decides what kind of post it is; elsewhere it would never be published.",
        ),
        "not-a-post": Code(
            "a file looks like a post, and its name keeps it from being one",
            "It would be passed over in silence, and its editor would look for it on the site.",
            ERROR + WARNING,
        ),
        "same-name": Code(
            "two files have one name: a.md beside a/index.md, or a.pdf beside A.pdf",
            "Nobody could say which of them a link means, and some disks can't hold both.",
        ),
        "no-slug": Code(
            "nothing of a file's name can be in an address",
            "A page needs an address that can be read out and typed: letters a–z and digits.",
        ),
        "bad-name": Code(
            "a file's name holds characters that can't be shown, or its path is too long",
            "It can't be named in a message, a link or an address.",
        ),
        "copied-file": Code(
            "a post is named like a copy of the post beside it",
            "It would be published beside the post that it was copied from.",
        ),
        "unreadable-file": Code(
            "a file or folder can't be read, or is no file at all",
            "What it holds would be missing from the site.",
        ),
        "secret-file": Code(
            "a file that would be published holds a private key",
            "Whoever has it can pass for its owner, for as long as nobody notices.",
        ),
        "symbolic-link": Code(
            "a file is a link to another file",
            "It could lead to a draft or to something private; what is published must lie here.",
        ),
        "not-utf8": Code(
            "a file is saved in another encoding than UTF-8",
            "Its accents, quotation marks and pound signs would turn into rubbish.",
        ),
        "word-document": Code(
            "a word processor's document is named like a text file",
            "Only plain text can be read as a post.",
        ),
    },
    "The lines between the dashes": {
        "no-front-matter": Code(
            'a post doesn\'t begin with a line "---" and its fields',
            "Without a title and a date there is nothing to list and no address.",
        ),
        "front-matter-open": Code(
            'the line "---" after the last field is missing',
            "Nobody could say where the fields end and the text begins.",
        ),
        "yaml-colon": Code(
            "a colon with a space after it stands in a value without quotes",
            "The colon is what parts a field's name from its value: a second one is ambiguous.",
        ),
        "yaml-colon-missing": Code(
            "a line among the fields is no field: it has no name and colon",
            "What it says would be lost, or be read as part of the line before.",
        ),
        "yaml-space": Code(
            "a colon, or the hyphen of a list, has no space after it",
            "Without the space it is read as a part of the word.",
        ),
        "yaml-quote": Code(
            "a value has too few or too many quotation marks",
            "Some signs mean something at the start of a value; in quotes they are only text.",
        ),
        "yaml-escape": Code(
            "a backslash stands in double quotes",
            "There it changes the meaning of the letter after it; single quotes keep it as it is.",
        ),
        "yaml-hash": Code(
            "a # with a space before it would cut a value off",
            "It begins a comment: what follows it would vanish without a word.",
        ),
        "yaml-list": Code(
            "a bracket is opened and not closed",
            "All that follows would be read as part of the list.",
        ),
        "yaml-indent": Code(
            "a line is not indented like its neighbours",
            "The indent says what belongs to what.",
        ),
        "yaml-tab": Code(
            "a line is indented with a tab",
            "A tab is as wide as each editor likes, so only spaces can indent.",
        ),
        "yaml-anchor": Code(
            "a value begins with &",
            "In YAML it names the value for use elsewhere, which fields here don't do.",
        ),
        "yaml-alias": Code(
            "a value begins with *",
            "In YAML it stands for a value elsewhere, which fields here don't do.",
        ),
        "yaml-tag": Code(
            "a value begins with !",
            "In YAML it would set the value's type, which the field decides here.",
        ),
        "yaml-null": Code(
            "a value is null or ~, without quotes",
            "Some programs write it for nothing; here it would be shown as a word.",
        ),
        "yaml-document": Code(
            'a line "---" stands in the middle of a file of fields',
            "What follows it would be a second document, which nobody reads.",
        ),
        "yaml-depth": Code(
            "values are nested very deeply",
            "No field goes so deep: something has been pasted wrongly.",
        ),
        "yaml-syntax": Code(
            "a text can't be read as fields, and sitegen can't say why",
            "What can't be read can't be published.",
        ),
        "bad-character": Code(
            "a text holds a character that can't be shown",
            "Such characters come with copied text; feeds and some browsers break on them.",
        ),
        "duplicate-key": Code(
            "a field stands twice",
            "One of the two values would be lost, and nobody would know which.",
        ),
    },
    "Fields": {
        "unknown-field": Code(
            "there is no such field",
            "A misspelt field does nothing: a closing date could go missing unseen.",
        ),
        "missing-field": Code(
            "a field is needed, or recommended, and not there",
            "Pages and lists are made from these; a draft may lack them.",
            ERROR + WARNING,
        ),
        "not-text": Code(
            "a field takes a text, and has a list or a group",
            "It can't be shown as it is.",
        ),
        "not-a-list": Code(
            "a field takes a list, and has a single value",
            "Brackets or hyphens say where one item ends and the next begins.",
        ),
        "not-a-group": Code(
            "a field takes fields of its own, and has a single value",
            "Nobody could say which of its fields the value is.",
        ),
        "empty-item": Code(
            "an item of a list is empty",
            "It may be left over, or its text may have been lost.",
        ),
        "too-many": Code(
            "a list has more items than can be shown, or a file over a thousand fields",
            "The rest would be left out.",
        ),
        "too-long": Code(
            "a text is longer than it may be",
            "It would not fit where it is shown: in lists, tabs and search results.",
        ),
        "long-text": Code(
            "a text is longer than readers take in at a glance",
            "Search engines and lists cut long titles and summaries off.",
            ADVICE,
        ),
        "same-title": Code(
            "two posts have one title",
            "In lists and search results nobody can tell them apart (WCAG 2.2, 2.4.2).",
            ADVICE,
        ),
        "not-true-or-false": Code(
            "a field takes true or false, and says something else",
            '"no" and "off" mean different things to different programs.',
        ),
        "not-a-number": Code(
            "a field takes a number, and has something else",
            "It is counted or charted with.",
        ),
        "unknown-choice": Code(
            "a field takes one of a few words, and has another",
            "The page is made by that word.",
        ),
        "one-of": Code(
            "exactly one of some fields must be there",
            "With none there is nothing to show, with two nobody knows which.",
        ),
        "bad-slug": Code(
            "a slug has other characters than a–z, 0–9 and hyphens",
            "It is the last part of the page's address, which people read out and type.",
        ),
        "bad-id": Code(
            "an id has other characters than a–z, 0–9 and hyphens",
            "Posts name it, and it can be part of an address.",
        ),
        "bad-alias": Code(
            "an old address is not written as one",
            "It must be the part after the host's name, or it leads nobody here.",
        ),
        "bad-url": Code(
            "a web address is not written as one",
            "A browser can only follow one that begins with https://.",
        ),
        "bad-email": Code(
            "an email address is not written as one",
            "Answers to it would be lost.",
        ),
        "bad-phone": Code(
            "a phone number is not written as one",
            "People call it by a touch of the finger.",
        ),
        "bad-language": Code(
            "a language is not written as its tag",
            "Browsers and screen readers choose a voice by the tag: en-GB, cy, pl.",
        ),
        "todo-left": Code(
            "a post that is no draft says TODO",
            "Readers would see an unfinished text.",
        ),
    },
    "Dates": {
        "date-format": Code(
            "a date is not written so that it can only be read in one way",
            "09/05/2025 is a day in May to some, and in September to others.",
        ),
        "date-order": Code(
            "two dates come in the wrong order",
            "One of them is a slip, and what the page says of them would be false.",
        ),
        "closing-midnight": Code(
            "a consultation, a post or the alert ends at 00:00",
            "Some read midnight as the start of the day, others as its end: they come too late.",
        ),
    },
    "Names of other things": {
        "unknown-tag": Code(
            "a tag is not in content/tags.yaml",
            "A misspelt tag makes a list of its own, with one post in it.",
        ),
        "unknown-name": Code(
            "an author or organisation is not in the shared facts",
            "Readers would see an id in place of a name.",
        ),
        "unknown-series": Code(
            "a series is not in content/series.yaml",
            "The post would be in no list of its series.",
        ),
        "unknown-action": Code(
            "a call to action is not in content/actions.yaml",
            "There would be nothing to show.",
        ),
        "unknown-post": Code(
            "a post that is named is not there",
            "The link to it would lead nowhere.",
        ),
        "names-itself": Code(
            "a post names itself as its parent or its original",
            "Readers would be led round in a circle.",
        ),
        "follow-up": Code(
            "a news story says that it follows up something else than news",
            "Only news shows its follow-ups.",
        ),
        "translation-lang": Code(
            "a translation doesn't say its language",
            "Its address, and the voice of a screen reader, follow from the language.",
        ),
        "format-lang": Code(
            "a translation among the other formats doesn't say its language",
            "Readers look for the name of their language.",
        ),
        "not-the-original": Code(
            "a translation names another translation as its original",
            "All translations lead to the post that was written first.",
        ),
    },
    "Links and files": {
        "broken-link": Code(
            "a link leads nowhere",
            "Readers would find an error page.",
        ),
        "broken-anchor": Code(
            "a link leads to a part of a page that is not there",
            "Readers would land at the top and search for it.",
        ),
        "bad-link": Code(
            "an address is none that a browser may follow",
            "It leads to one person's computer, or could run a program.",
        ),
        "link-to-draft": Code(
            "a published post links to a draft",
            "Drafts are never published, so the link would lead nowhere.",
        ),
        "link-to-scheduled": Code(
            "a post links to one that appears later",
            "Until then the link would lead nowhere.",
        ),
        "menu-post": Code(
            "a menu leads to a post",
            "Menus stand on every page for years; posts grow old.",
        ),
        "missing-file": Code(
            "a picture or document is not where the post says",
            "Readers would see a gap, or find an error page.",
        ),
        "file-type": Code(
            "a file is of a type that is not published, or not a picture",
            "Readers could not open it, or it could harm their computers.",
        ),
        "same-address": Code(
            "two pages would have one address",
            "One of them would hide the other.",
        ),
        "same-translation": Code(
            "two posts translate one post into one language",
            "They would have one address, and one of them would hide the other.",
        ),
        "orphan": Code(
            "nothing leads to a page",
            "Readers will not find it.",
            ADVICE,
        ),
        "unused-file": Code(
            "no post uses a picture or document",
            "It is never published, and nobody knows if it can go.",
            ADVICE,
        ),
        "reserved-address": Code(
            "an address is one of the site's own",
            "The site keeps its files there.",
        ),
        "address-unfit": Code(
            "an address can't be a file's name on every computer",
            "The page could not be saved, or not be copied from one computer to another.",
        ),
        "url-lost": Code(
            "nothing is at an address that was published",
            "Links, bookmarks and printed leaflets lead there for years.",
        ),
        "lock-line": Code(
            "a line of urls.lock can't be read",
            "The address in it would be forgotten, and could be lost unseen.",
        ),
        "lock-unmerged": Code(
            "two people's changes to urls.lock have not been put together",
            "The addresses that one of them recorded could be lost.",
        ),
    },
    "Pictures": {
        "image-alt": Code(
            "a picture has neither alt nor decorative: true, or both",
            "The alt text is what people hear who can't see the picture.",
        ),
        "external-image": Code(
            "a picture lies on another site",
            "That site would learn who reads the page.",
        ),
        "image-type": Code(
            "a picture is of another type than its name says",
            "Some programs go by the name, and would not show it.",
            ERROR + WARNING,
        ),
        "image-unreadable": Code(
            "a picture's file can't be read",
            "Readers would see a gap.",
        ),
        "image-too-large": Code(
            "a picture is far larger than any screen",
            "It would take minutes to load on a phone, and much memory to make smaller.",
        ),
        "image-metadata": Code(
            "a moving picture may say where and by whom it was made, and that can't be taken out",
            "It could tell where somebody lives.",
        ),
        "unsafe-svg": Code(
            "a drawing holds something that could run in a browser",
            "It could do anything in the name of the site.",
        ),
    },
    "Text": {
        "raw-html": Code(
            "a tag of HTML is used that may not be, or a comment has no end",
            "Such tags can run programs, break the page, or track readers.",
        ),
        "raw-html-attribute": Code(
            "an attribute of an HTML tag is left out",
            "Colours and sizes set by hand break the design and are hard to read for some.",
            WARNING,
        ),
        "iframe-host": Code(
            "a frame shows another site that config.yaml doesn't allow",
            "That site would learn who reads the page.",
        ),
        "iframe-title": Code(
            "a frame has no title",
            "Screen readers could not say what it is.",
        ),
        "duplicate-id": Code(
            "two things have one id",
            "A link to it could lead to either.",
        ),
        "reserved-id": Code(
            'an id begins with "_"',
            "The page keeps such ids for its own parts.",
        ),
        "unclosed-code": Code(
            "a block of code has no end",
            "All that follows would be shown as code.",
        ),
        "unclosed-tag": Code(
            "a tag of HTML is never closed",
            "It takes in all that follows: a link goes on, bold goes on, Markdown stays as typed.",
            WARNING,
        ),
        "unopened-tag": Code(
            "an end tag of HTML ends nothing",
            "It is left out, and the tag that it should end may be missing or misspelt.",
            WARNING,
        ),
        "markdown-as-typed": Code(
            "a block of HTML holds Markdown, which is not read there",
            "Readers would see its signs, and links that can't be followed.",
            WARNING,
        ),
        "unused-definition": Code(
            "a line gives an address that no link uses, so it is not shown",
            "Words in square brackets before a colon vanish without a word.",
            WARNING,
        ),
        "footnote-missing": Code(
            "a mark leads to a footnote that is not there",
            "Readers would see the mark and find no note.",
        ),
        "footnote-empty": Code(
            "a footnote says nothing",
            "Readers would follow the mark and find only its number.",
        ),
        "footnote-unused": Code(
            "nothing refers to a footnote",
            "It would stand at the foot without a place in the text.",
            WARNING,
        ),
        "text-long": Code(
            "a text is longer than several books",
            "No reader gets to its end, and old phones would not even show it.",
        ),
        "text-deep": Code(
            "lists or quotations are nested very deeply",
            "Nobody could tell what belongs to what, and the text leaves a phone's narrow screen.",
        ),
        "text-tangled": Code(
            "very many brackets, tags or definitions have no end",
            "Each makes all that follows be looked through again, and the build would not end.",
        ),
        "text-slow": Code(
            "a text took so long to be turned into a page that it was given up",
            "One text must not hold up all others.",
        ),
        "markdown-failed": Code(
            "a text can't be turned into a page",
            "It is nested so deeply that the converter gives up.",
        ),
        "unknown-acronym": Code(
            "letters are used that nobody explains",
            "Many readers don't know them, and won't ask.",
            ADVICE,
        ),
        "far-date": Code(
            "a date is over ten years ahead",
            "Two digits may have changed places: 2062 for 2026.",
            ADVICE,
        ),
        "typed-prefix": Code(
            "a title repeats the prefix that its series puts before it",
            "Readers would see it twice.",
            WARNING,
        ),
    },
    "Plain English": {
        "long-sentence": Code(
            "a sentence has over 30 words",
            "Many readers lose the thread after 25, and some never had English as their own.",
            ADVICE,
        ),
        "long-paragraph": Code(
            "a paragraph has over 120 words",
            "On a phone it fills more than a screen, and nobody finds their place in it again.",
            ADVICE,
        ),
        "hard-word": Code(
            "a word of content/words.yaml has a plainer one",
            "Everybody knows the plainer one, and it is quicker to read.",
            ADVICE,
        ),
        "hard-term": Code(
            "a term of content/words.yaml is used and not explained",
            "Those who work with it know it; most readers don't, and won't ask.",
            ADVICE,
        ),
    },
    "Consultations and explainers": {
        "respond-none": Code(
            "a consultation has no way to respond",
            "Nobody could answer.",
        ),
        "respond-twice": Code(
            "a consultation is held here and on another website",
            "Answers would be given in two places, and some of them lost.",
        ),
        "respond-online": Code(
            "a consultation can be answered online only",
            "Those who are not online have a say too.",
            ADVICE,
        ),
        "short-time": Code(
            "people have fewer than 14 days to answer",
            "Many need two weeks to hear of it, to think and to write.",
            ADVICE,
        ),
        "closing-day": Code(
            "a consultation closes at a weekend or on a bank holiday",
            "Those who need help to answer are likely to ask for it on the last day.",
            ADVICE,
        ),
        "closing-changed": Code(
            "a closing date has changed and no change note says so",
            "Readers noted the old one; who runs a consultation owes them the reason.",
            ADVICE,
        ),
        "asked-said-did": Code(
            'one or two of "we asked", "you said" and "we did" are missing',
            "They tell one story; a part of it alone misleads.",
        ),
        "outcome-due": Code(
            "a consultation has closed and its outcome is overdue",
            "Those who answered want to know what came of it.",
            ADVICE,
        ),
        "outcome-soon": Code(
            "a consultation has closed and its outcome is due within 4 weeks, or within one",
            "An outcome takes weeks to write and to agree.",
            ADVICE,
        ),
        "indicator-source": Code(
            "figures don't say where they come from",
            "Readers can't trust a number without its source.",
        ),
        "duplicate-day": Code(
            "an indicator has two values for one day",
            "One of them is wrong, and the chart would show both.",
        ),
        "figure-to-come": Code(
            "a figure is of a day that is still to come",
            "Nobody can have measured it: the year may be wrong.",
            ADVICE,
        ),
    },
    "Reviews and the accessibility statement": {
        "review-due": Code(
            "a page's review is due",
            "What it says may no longer be true.",
            ADVICE,
        ),
        "review-soon": Code(
            "a page's review is due within 4 weeks",
            "To check a page takes time, and other people's.",
            ADVICE,
        ),
        "review-to-come": Code(
            "a page says that it was reviewed on a day that is still to come",
            "Readers would trust a check that nobody has made.",
            ADVICE,
        ),
        "statement-missing": Code(
            "the site has no accessibility statement",
            "Public bodies must have one (SI 2018/852, regulation 8).",
            ADVICE,
        ),
        "statement-section": Code(
            "the accessibility statement lacks a section",
            "The regulations say what it must hold.",
            WARNING,
        ),
        "statement-review": Code(
            "the accessibility statement doesn't say when it was last reviewed",
            "It must be kept under review, and readers must see that it is.",
            WARNING,
        ),
        "statement-due": Code(
            "the yearly review of the accessibility statement is due",
            "The site has changed since, and so may what some people can't use.",
            ADVICE,
        ),
    },
    "Shared facts": {
        "unknown-file": Code(
            "a file in content/ is none of the shared facts",
            "Nobody would read it: its name may be misspelt.",
        ),
        "unknown-successor": Code(
            "what followed an organisation or a term is not in the file",
            "Readers are led from the old name to the new.",
        ),
        "tag-clash": Code(
            "two tags claim one word",
            "Nobody could say which of them a post means.",
        ),
        "acronym-clash": Code(
            "two acronyms would have one place in the glossary",
            "A link to it could lead to either.",
        ),
        "successor-circle": Code(
            "what followed an organisation or a term leads back to it",
            "Readers are led from the old name to the new: one of them must be the last.",
            ADVICE,
        ),
        "similar-tags": Code(
            "two tags differ only in capitals, or as one and many do",
            "Readers who choose one find half of the posts.",
            ADVICE,
        ),
        "lonely-tag": Code(
            "only one post has a tag, and has had it for long",
            "Its page leads nowhere else.",
            ADVICE,
        ),
        "unused-photo": Code(
            "a person's photo is on no page",
            "Personal data that nobody needs should not be kept.",
            ADVICE,
        ),
        "bad-acronym": Code(
            "an acronym holds characters that none can have, or is very long",
            "It could not be found in a text, nor marked up.",
        ),
        "bad-phrase": Code(
            "an entry of content/words.yaml is no word or phrase",
            "It could not be found in a text.",
        ),
    },
    "config.yaml": {
        "bad-base-url": Code(
            "the base_url can't be the address of a site",
            "Feeds, search engines and shared links need the whole address.",
        ),
        "unknown-timezone": Code(
            "there is no such time zone",
            "Opening and closing times are meant in it.",
        ),
        "bad-colour": Code(
            "a colour is not written as six digits",
            "Whether it can be read on its ground is worked out from them.",
        ),
        "low-contrast": Code(
            "a colour is too near to its ground",
            "Many people could not read it (WCAG 2.2, success criterion 1.4.3).",
        ),
        "bad-code": Code(
            "what is silenced is not written like a code",
            "Codes are small letters and hyphens; another text silences nothing.",
        ),
        "unknown-code": Code(
            "silence names a code that no problem has",
            "It silences nothing: it may be misspelt.",
            WARNING,
        ),
        "silenced-error": Code(
            "silence names the code of an error",
            "It silences nothing: what is an error would be wrong on the site.",
            WARNING,
        ),
        "alert-ended": Code(
            "the alert has ended",
            "It is on no page any more, and the next one could be forgotten behind it.",
            ADVICE,
        ),
        "stale-link": Code(
            "a menu or a call to action leads to a post that has ended or is not public",
            "It is on every page, and sends readers to what they can no longer use.",
            ADVICE,
        ),
        "bad-host": Code(
            "a host's name is not written as one",
            "Frames are allowed by the name of the host alone.",
        ),
        "bad-repository": Code(
            "the web editor's repository is not written as owner/name",
            "The editor could not find where to save a post.",
        ),
        "editor-review": Code(
            "the web editor can't ask for a review at this Git host",
            "Changes would be published at once, although the setting says otherwise.",
        ),
    },
    "Templates and words": {
        "template-syntax": Code(
            "a template can't be read",
            "No page that it makes can be made.",
        ),
        "template-missing": Code(
            "a template or a component is not there",
            "No page that needs it can be made.",
        ),
        "template-include": Code(
            "a template includes another whose name is worked out",
            "Which pages a change touches could not be known.",
        ),
        "template-error": Code(
            "a template fails while it shows a page",
            "It asks for something that the page doesn't have.",
        ),
        "heavy-script": Code(
            "the script in every page is large",
            "Every page would load slower.",
            WARNING,
        ),
        "unfit-script": Code(
            "the script in every page would end in the middle",
            "The rest of it would be shown as text.",
        ),
        "english-missing": Code(
            "the file of the English words is not there",
            "Pages take their words from it.",
        ),
        "no-words": Code(
            "a page is in a language that has no file of words",
            "Its frame, dates and labels are in English.",
            ADVICE,
        ),
        "words-missing": Code(
            "some words are not translated",
            "Pages in that language say them in English.",
            ADVICE,
        ),
        "unknown-word": Code(
            "a template or a language has words that English doesn't know",
            "A template could not say them; in a language's file they are of no use.",
            ERROR + WARNING,
        ),
        "unknown-slot": Code(
            "a translated text has a slot in braces that stands for nothing",
            "Readers would see the braces.",
        ),
        "lost-slot": Code(
            "a translated text has lost a slot in braces",
            "Pages would not say the number, name or date that belongs there.",
            WARNING,
        ),
        "bad-word": Code(
            "a text in a file of words, or its key, is not written as one",
            "Pages could not say it.",
        ),
    },
    "Accessible content": {
        "alt-missing": Code(
            "a picture in the text has no alt text",
            "Who can't see it never learns what it shows.",
            ADVICE,
        ),
        "alt-file-name": Code(
            "alt text is the name of a file",
            "Read out, it tells nobody what the picture shows.",
            ADVICE,
        ),
        "alt-image-of": Code(
            'alt text begins with "picture of"',
            "A screen reader has said already that it is a picture.",
            ADVICE,
        ),
        "alt-caption": Code(
            "alt text says what the caption says",
            "A screen reader says it twice, and what can be seen is not said at all.",
            ADVICE,
        ),
        "heading-top": Code(
            "a heading in the text is typed with one #",
            "The title is the page's main heading, and there is one.",
            ADVICE,
        ),
        "heading-skipped": Code(
            "a heading is more than one level below the one above it",
            "People who jump from heading to heading think that they missed one.",
            ADVICE,
        ),
        "heading-bold": Code(
            "a line in bold does the work of a heading",
            "Screen readers and the list of contents don't know it as one.",
            ADVICE,
        ),
        "heading-colon": Code(
            "a heading ends with a colon",
            "It is read out and listed on its own, where the colon leads nowhere.",
            ADVICE,
        ),
        "heading-empty": Code(
            "a heading has no words, or nothing below it",
            "Readers who jump to it find nothing.",
            ADVICE,
        ),
        "link-text": Code(
            "a link's words don't say where it leads",
            "Many people hear or see the links of a page without the words round them.",
            ADVICE,
        ),
        "link-address": Code(
            "the words of a link are a web address",
            "It is read out character by character.",
            ADVICE,
        ),
        "link-same-text": Code(
            "two links to different places have the same words",
            "In a list of links nobody can tell them apart.",
            ADVICE,
        ),
        "pdf-only": Code(
            "a PDF is offered, and no page that says the same",
            "PDFs are hard to read on a phone and with a screen reader.",
            ADVICE,
        ),
        "table-headers": Code(
            "a table's columns have no names, or its second line is missing",
            "Heard cell by cell it makes no sense.",
            ADVICE,
        ),
        "capitals": Code(
            "several words are typed in capitals",
            "They are slow to read, and some screen readers spell them.",
            ADVICE,
        ),
        "emoji-run": Code(
            "several emoji stand in a row",
            "A screen reader says the name of each.",
            ADVICE,
        ),
    },
    "Copy": {
        "pasted": Code(
            "a label, button or advertisement came along with pasted text",
            "It belongs to the page that the text was copied from.",
            ADVICE,
        ),
        "cut-off": Code(
            "a line breaks off with three dots",
            "It is the beginning of another story, or its end was lost.",
            ADVICE,
        ),
        "doubled-line": Code(
            "a line says the same twice, or the same as the line above",
            "Captions double when they are copied from a page.",
            ADVICE,
        ),
        "colon-without-list": Code(
            "a list is announced and none follows",
            "It was lost when the text was copied, and readers miss what it said.",
            ADVICE,
        ),
        "word-bullet": Code(
            "a line begins with a bullet of a word processor",
            "The lines run on as one paragraph; - makes a list.",
            ADVICE,
        ),
        "list-runs-on": Code(
            "a line follows a list without an empty line between them",
            "It becomes a part of the last item.",
            ADVICE,
        ),
        "missing-space": Code(
            "a heading's or a list's sign has no space after it",
            "It makes neither, and is shown as typed.",
            ADVICE,
        ),
        "half-bold": Code(
            "** has no partner, or a space within",
            "Nothing is bold, and the stars are shown as typed.",
            ADVICE,
        ),
        "indented-text": Code(
            "sentences stand four spaces in",
            "They are shown as computer code, which doesn't wrap on a phone.",
            ADVICE,
        ),
        "lost-cell": Code(
            "a row has more cells than its table has columns",
            "The last ones are not shown at all.",
            ADVICE,
        ),
        "wrong-encoding": Code(
            "characters are garbled: Itâ€™s",
            "They were saved in one encoding and read in another, and readers see them so.",
            ADVICE,
        ),
        "signs-in-field": Code(
            "a field of plain text holds signs of Markdown or HTML",
            "They are shown as typed.",
            ADVICE,
        ),
        "half-link": Code(
            "a link's brackets are apart, swapped or missing",
            "They are shown as typed, and nobody can follow the link.",
            ADVICE,
        ),
        "not-a-link": Code(
            "an address in the text is no link",
            "Readers would have to copy it.",
            ADVICE,
        ),
        "title-stop": Code(
            "a title ends with a full stop",
            "Titles are names, and stand in lists.",
            ADVICE,
        ),
        "summary-again": Code(
            "the summary repeats the title or the beginning of the text",
            "Readers see both, one below the other.",
            ADVICE,
        ),
        "same-heading": Code(
            "two headings of a post have the same words",
            "In the list of contents nobody can tell them apart.",
            ADVICE,
        ),
        "quotation-open": Code(
            "a quotation mark has no partner",
            "Readers can't tell where somebody's own words begin and end.",
            ADVICE,
        ),
        "mixed-marks": Code(
            "straight and curly quotation marks stand in one post",
            "The text may be pasted from two places; who searches the file finds only one kind.",
            ADVICE,
        ),
        "repeated-word": Code(
            "a word is typed twice",
            "The eye passes over it; a screen reader doesn't.",
            ADVICE,
        ),
        "american-spelling": Code(
            "a word has its American spelling",
            "British readers stumble, and take the text for copied.",
            ADVICE,
        ),
        "sounds-alike": Code(
            "a word is typed that only sounds like the one that was meant",
            "No spelling checker finds it.",
            ADVICE,
        ),
    },
    "Dates in the text": {
        "wrong-weekday": Code(
            "a date is not the day of the week that is typed with it",
            "One of the two is wrong, and people would come on the wrong day.",
            ADVICE,
        ),
        "no-such-day": Code(
            "a date is not in the calendar",
            "Nobody can come on 31 June.",
            ADVICE,
        ),
        "no-year": Code(
            "a date has no year",
            "Readers find a page years later, by a search.",
            ADVICE,
        ),
        "stale-promise": Code(
            "a time has passed that the text speaks of as still to come",
            "The promise was kept or it was not, and the page should say so.",
            ADVICE,
        ),
        "relative-date": Code(
            'an old post says "this week", "recently" or "in December"',
            "It says nothing to those who don't look at the date.",
            ADVICE,
        ),
    },
}
