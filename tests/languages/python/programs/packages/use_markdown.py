"""markdown: text to HTML."""

import markdown

TEXT = """# Title

A *paragraph* with **strong** words, `code` and a [link](http://example.org "there").

* one
* two
    1. inner
    2. more

> quoted

    indented code <tag>

| a | b |
|---|---|
| 1 | 2 |
"""
print(markdown.markdown(TEXT, extensions=["tables", "fenced_code", "toc"]))
