/* The loader for other sites: a launcher, and on the first click a frame from the guide's own origin.
   Nothing of the host page can read what is said in it. <script src=".../loader.js" data-site="key" async></script> */
(() => {
  const me = document.currentScript;
  const base = me.src.replace(/\/loader\.js.*$/, "");
  const origin = new URL(base).origin;
  const { s, help, exit } = "BAKED";
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`:host{all:initial!important}
.b{all:initial;min-height:56px;box-sizing:border-box;padding:14px 24px;border:1px solid #245c57;border-radius:99px;background:#245c57;color:#fff;font:600 16px/1.5 system-ui,sans-serif;cursor:pointer;box-shadow:0 12px 40px #3b2f2055}
.b,.f,.n{position:fixed;z-index:2147483000;inset:auto;inset-block-end:20px;inset-inline-end:20px}
.b:focus-visible{outline:3px solid #245c57;outline-offset:3px}
.s{inset-inline:20px auto}
.f{display:block;visibility:hidden;overflow:hidden;width:0;height:0;max-width:none;max-height:none;padding:0;border:0;border-radius:18px;background:#fffdf9}
.f[open]{visibility:visible;box-shadow:0 12px 40px #3b2f2055;width:min(430px,calc(100vw - 40px));height:min(720px,calc(100dvh - 40px))}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}
@media(prefers-color-scheme:dark){.f{background:#1d2021}}
@media(max-width:479px),(max-height:479px){.f[open]{inset:0;width:100%;height:100dvh;border-radius:0}}
.n{max-width:300px;padding:16px;border:1px solid #8b8176;border-radius:14px;background:#fffdf9;color:#2b2a28;font:16px/1.6 system-ui,sans-serif}
.n a{color:#245c57;display:block;padding:8px 0}[hidden]{display:none!important}`);
  root.adoptedStyleSheets = [style];
  const make = (tag, set) => Object.assign(document.createElement(tag), set);
  const button = make("button", { type: "button", className: "b", textContent: s.launcher, ariaHasPopup: "dialog" });
  const sheet = make("dialog", { className: "f", ariaLabel: s.title });
  root.append(button, sheet);
  let frame, note, late, ready;

  const failed = () => {
    frame.remove();
    frame = null;
    note = make("div", { className: "n", tabIndex: -1, textContent: s.frame_failed });
    for (const { title, url } of [{ title: s.frame_open, url: base + "/page" }, ...help])
      note.append(make("a", { href: url, textContent: title, target: url.startsWith("tel") ? "" : "_blank", rel: "noopener" }));
    root.append(note);
    note.focus();
  };

  /** On a small screen nothing of the page can be reached behind it. */
  const show = () => {
    sheet[matchMedia("(max-width:479px),(max-height:479px)").matches ? "showModal" : "show"]();
    button.hidden = true;
    button.ariaExpanded = true;
    frame.focus();
    frame.contentWindow.postMessage({ attune: "open" }, origin);
  };

  const open = () => {
    note?.remove();
    if (frame) return ready && show();
    frame = make("iframe", {
      title: s.title, allow: "clipboard-write", referrerPolicy: "origin",
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols",
      src: `${base}/frame?site=${encodeURIComponent(me.dataset.site || "")}&from=${encodeURIComponent(location.origin)}`,
    });
    late = setTimeout(failed, 8000);
    sheet.append(frame);
  };

  addEventListener("message", ({ origin: from, source, data }) => {
    if (!frame || from !== origin || source !== frame.contentWindow) return;
    if (data.attune === "ready") {
      clearTimeout(late);
      ready = true;
      show();
    } else if (data.attune === "close") sheet.close();
    else if (data.attune === "exit") {
      document.documentElement.style.setProperty("display", "none", "important");
      document.title = " ";
      location.replace(exit);
    }
  });
  sheet.onclose = () => {
    button.hidden = false;
    button.ariaExpanded = false;
    button.focus();
  };
  // The launcher moves to the other side when it would lie over the control that has the focus.
  document.addEventListener("focusin", ({ target }) => {
    const [one, other] = [button, target].map((item) => item.getBoundingClientRect());
    const over = one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    if (target !== host && over && other.width < innerWidth / 2) button.classList.toggle("s");
  });
  button.ariaExpanded = false;
  button.onclick = open;
  (document.body || document.documentElement).append(host);
})();
