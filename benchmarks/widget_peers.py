"""Our widget beside rasa-webchat (npm), in the same run: size, requests, script time at 4x CPU slowdown, axe, keyboard, live regions.

`python benchmarks/widget_peers.py`. Needs npm, Chromium and `npm ci` in tests/browser; the peer is fetched into a temporary folder.
"""  # noqa: E501

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser"), str(ROOT / "tests" / "channels")]

import serving  # noqa: E402  # first: imports Rasa the lean way
from chat import AXE, TAGS  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from standin import application  # noqa: E402

from channels.options import WebOptions  # noqa: E402

PEER = "rasa-webchat@1.0.1"
RUNS = 5
HOST = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title><main><h1>Host</h1><p><a href="#x">A link</a></p></main>'  # noqa: E501
PEER_PAGE = (
    HOST
    + """<div id="webchat"></div><script src="index.js"></script><script>
WebChat.default({
  selector: '#webchat', initPayload: '/greet', socketUrl: 'http://127.0.0.1:9', title: 'Guide', subtitle: 'x',
  connectOn: 'open', hideWhenNotConnected: false,
}, null)
</script>"""
)
# Everything that can take the focus or speak, through open shadow roots.
LIVE = """() => { const all = []; const walk = (root) => { for (const one of root.querySelectorAll('*')) {
  if (one.matches('[aria-live], [role=status], [role=alert], [role=log]')) all.push(one.getAttribute('role') || one.getAttribute('aria-live'));
  if (one.shadowRoot) walk(one.shadowRoot); } }; walk(document); return all; }"""  # noqa: E501
FOCUSED = """() => { let one = document.activeElement; while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return [one.tagName, one.getAttribute('aria-label') || one.textContent.trim().slice(0, 40)]; }"""


def serve_folder(folder: Path) -> ThreadingHTTPServer:
    """Serve files from a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def fetch_peer(folder: Path) -> Path:
    """Get the peer's bundle from npm."""
    named = subprocess.run(["npm", "pack", PEER, "--silent"], cwd=folder, check=True, capture_output=True, text=True).stdout
    with tarfile.open(folder / named.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "lib" / "index.js"


def measure(browser: Browser, url: str) -> dict[str, Any]:
    """Load a page several times with a slow processor; then look at it."""
    script, requests = [], 0
    for _ in range(RUNS):
        page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(url)
        page.wait_for_timeout(2500)
        found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        script.append((found["ScriptDuration"] + found.get("V8CompileDuration", 0)) * 1000)
        requests = page.evaluate("performance.getEntriesByType('resource').filter((one) => one.name.startsWith('http')).length")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        if len(script) == RUNS:
            return {"script ms (4x)": round(statistics.median(script)), "requests": requests, **look(page)}
        page.context.close()
    raise AssertionError


def look(page: Any) -> dict[str, Any]:
    """Tab through the closed page, count live regions, run axe."""
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    launcher = [name or "(no name)" for tag, name in reached if tag == "BUTTON"]
    shown = page.locator("button").count()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    axe = page.evaluate(
        "tags => axe.run({runOnly: tags}).then((found) => found.violations.map((one) => `${one.id} ${one.nodes.length}`))", TAGS
    )
    return {"buttons shown": shown, "launcher by keyboard": launcher[:1] or "no", "live regions": page.evaluate(LIVE), "axe": axe}


def main() -> None:
    """Measure both and print a table as JSON."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        bundle = fetch_peer(folder)
        (bundle.parent / "host.html").write_text(PEER_PAGE, encoding="utf-8")
        (bundle.parent / "bare.html").write_text(HOST, encoding="utf-8")
        files = serve_folder(bundle.parent)
        port = serving.free_port()
        options = WebOptions(
            memory=":memory:", key_file=str(folder / "key"), partners={"p": (f"http://127.0.0.1:{files.server_port}",)}
        )
        server = serving.Server(application(options, name="peers"), port)
        base, here = f"http://127.0.0.1:{port}/chat", f"http://127.0.0.1:{files.server_port}"
        (bundle.parent / "framed.html").write_text(
            HOST + f'<script src="{base}/loader.js" data-site="p" async></script>', encoding="utf-8"
        )
        own = {
            name: len(serving.requests.get(f"{base}/{name}", timeout=9, stream=True).raw.read())
            for name in ("attune-chat.js", "loader.js")
        }
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            rows = {
                "bare page": {"gzip": 0, **measure(browser, f"{here}/bare.html")},
                "ours, loader": {"gzip": own["loader.js"], **measure(browser, f"{here}/framed.html")},
                "ours, element (full page)": {"gzip": own["attune-chat.js"], **measure(browser, f"{base}/")},
                PEER: {"gzip": len(gzip.compress(bundle.read_bytes(), 9)), **measure(browser, f"{here}/host.html")},
            }
            browser.close()
        server.stop()
        files.shutdown()
    print(json.dumps(rows, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
