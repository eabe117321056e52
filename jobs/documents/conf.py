"""How Sphinx makes the site. `build` copies this file beside the documents, with site.css."""

project = "Latecomer"
copyright = "the authors of Latecomer"
root_doc = "index"
extensions = ["myst_parser"]
exclude_patterns = ["_static"]
source_suffix = {".md": "markdown"}

# The places of headings are those of GitHub and of tests/architecture/check_links.cmake.
myst_heading_anchors = 6
highlight_language = "none"
pygments_style = "default"

html_theme = "alabaster"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = "Latecomer"
html_sidebars = {"**": ["about.html", "searchbox.html", "navigation.html"]}
html_theme_options = {
    "description": "How firms of latecomer countries catch up along the data value chain",
    "page_width": "1180px",
    "sidebar_width": "250px",
    "fixed_sidebar": False,
    "show_relbar_bottom": True,
    "show_powered_by": False,
    "sidebar_collapse": True,
}
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
# A browser does not let a page read other files, so that summaries below results would stay empty.
html_show_search_summary = False
