"""The settings of Pelican."""

SITENAME = AUTHOR = "A site to measure"
SITEURL = "https://bench.example"
PATH, OUTPUT_PATH, THEME = "content", "public", "theme"
TIMEZONE, DEFAULT_LANG = "UTC", "en"
PLUGINS: list[str] = []
ARTICLE_PATHS, STATIC_PATHS = ["posts"], ["pictures", "style.css"]
ARTICLE_URL = "posts/{slug}/"
TAG_URL = "tags/{slug}/"
YEAR_ARCHIVE_URL = "years/{date:%Y}/"
MONTH_ARCHIVE_URL = "months/{date:%Y}-{date:%m}/"
ARTICLE_SAVE_AS = f"{ARTICLE_URL}index.html"
TAG_SAVE_AS = f"{TAG_URL}index.html"
YEAR_ARCHIVE_SAVE_AS = f"{YEAR_ARCHIVE_URL}index.html"
MONTH_ARCHIVE_SAVE_AS = f"{MONTH_ARCHIVE_URL}index.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "posts", "tags", "years", "months", "sitemap"]
POSTS_SAVE_AS = "posts/index.html"
TAGS_SAVE_AS = "tags/index.html"
YEARS_SAVE_AS = "years/index.html"
MONTHS_SAVE_AS = "months/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {"posts": 10}
PAGINATION_PATTERNS = [
    (1, "posts/", "posts/index.html"),
    (2, "posts/page/{number}/", "posts/page/{number}/index.html"),
]
FEED_ALL_ATOM, FEED_MAX_ITEMS = "feed.xml", 20
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.meta": {},
        "markdown.extensions.tables": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.attr_list": {},
        "markdown.extensions.toc": {"toc_depth": "2-3"},
    },
    "output_format": "html",
}
