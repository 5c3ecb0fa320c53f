"""What the outer server itself has to say: short pages in both languages that need nothing else."""

from html import escape

from linli.site.server.types import Reply

_WORDS = {
    408: ("发送太慢了", "网络太慢,没有收完您发送的内容。请换个网络好一点的地方再试。",
          "That took too long", "Your connection was too slow for us to receive everything. Please try again."),
    413: ("内容太大了", "您发送的内容超过了 {limit} MB。请少选几张图片,或先把图片缩小再发。",
          "That is too large", "What you sent is larger than {limit} MB. Please choose fewer or smaller pictures."),
    500: ("出了点问题", "这一页暂时打不开,我们已经记下来了。请稍后再试。",
          "Something went wrong", "This page cannot be shown now. It has been noted; please try again later."),
    503: ("现在人太多了", "请过几秒钟再试。", "Very busy just now", "Please try again in a few seconds."),
}  # fmt: skip

_PAGE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{chinese_title} · {title}</title></head>
<body><main><h1>{chinese_title}</h1><p>{chinese}</p>
<div lang="en"><h2>{title}</h2><p>{english}</p></div>
<p><a href="/">回首页 · Home</a></p></main></body></html>
"""


def refusal(status: int, *, limit: int = 0) -> Reply:
    chinese_title, chinese, title, english = (escape(words.format(limit=limit)) for words in _WORDS[status])
    body = _PAGE.format(chinese_title=chinese_title, chinese=chinese, title=title, english=english).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    if status in (408, 413):
        headers.append((b"connection", b"close"))
    return Reply(status, headers, body)
