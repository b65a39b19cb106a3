"""The settings of Nikola."""

BLOG_TITLE = BLOG_AUTHOR = "A site to measure"
BLOG_DESCRIPTION = "What people say about local services"
BLOG_EMAIL = "tell@bench.example"
SITE_URL = BASE_URL = "https://bench.example/"
DEFAULT_LANG, TIMEZONE = "en", "UTC"
TRANSLATIONS = {"en": ""}
THEME, THEME_COLOR = "bench", "#004f6b"
OUTPUT_FOLDER = "public"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = [
    f"markdown.extensions.{name}" for name in ("tables", "footnotes", "attr_list", "toc")
]
MARKDOWN_EXTENSION_CONFIGS = {"en": {"markdown.extensions.toc": {"toc_depth": "2-3"}}}
PRETTY_URLS = STRIP_INDEXES = True
INDEX_PATH, INDEX_DISPLAY_POST_COUNT = "", 10
INDEXES_PRETTY_PAGE_URL, INDEXES_STATIC = ["page", "{number}", "{index_file}"], False
TAG_PATH, ARCHIVE_PATH = "tags", "years"
CREATE_MONTHLY_ARCHIVE = True
GENERATE_RSS, FEED_LENGTH = True, 20
NAVIGATION_LINKS = {
    "en": (
        ("/", "Home"),
        ("/page/2/", "News and views"),
        ("/tags/", "Subjects"),
        ("/years/", "Archive"),
    )
}
# Nothing that the others do not make.
GENERATE_ATOM = ENABLE_AUTHOR_PAGES = COPY_SOURCES = SHOW_SOURCELINK = False
CREATE_DAILY_ARCHIVE = CREATE_FULL_ARCHIVES = USE_BUNDLES = GZIP_FILES = False
DISABLE_MAIN_ATOM_FEED = True
DISABLED_PLUGINS = [
    *("render_listings", "render_galleries", "scale_images", "copy_tags", "robots", "gzip"),
    *("classify_categories", "classify_authors", "classify_sections", "classify_page_index"),
    *("build_bundles", "post_render_pages"),
]
