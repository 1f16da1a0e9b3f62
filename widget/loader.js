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
.b,.f,.n{position:fixed;z-index:2147483000;inset-block-end:20px;inset-inline-end:20px}
.b{all:initial;position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;min-height:56px;box-sizing:border-box;padding:14px 24px;border:1px solid #245c57;border-radius:99px;background:#245c57;color:#fff;font:600 16px/1.5 system-ui,sans-serif;cursor:pointer;box-shadow:0 8px 30px #3b2f2040}
.b:focus-visible{outline:3px solid #245c57;outline-offset:3px}
.f{border:0;width:0;height:0;color-scheme:normal}
.f.ready{width:min(430px,calc(100vw - 40px));height:min(720px,calc(100dvh - 40px));border-radius:18px;box-shadow:0 12px 40px #3b2f2055;background:#fffdf9}
@media(prefers-color-scheme:dark){.f.ready{background:#1d2021}}
@media(max-width:479px),(max-height:479px){.f.ready{inset:0;width:100%;height:100dvh;border-radius:0}}
.n{max-width:300px;padding:16px;border:1px solid #8b8176;border-radius:14px;background:#fffdf9;color:#2b2a28;font:16px/1.6 system-ui,sans-serif}
.n a{color:#245c57;display:block;padding:8px 0}[hidden]{display:none!important}`);
  root.adoptedStyleSheets = [style];
  const make = (tag, set) => root.appendChild(Object.assign(document.createElement(tag), set));
  const button = make("button", { type: "button", className: "b", textContent: s.launcher });
  let frame, note, late;

  const failed = () => {
    frame.remove();
    frame = null;
    button.hidden = false;
    note = note || make("div", { className: "n", tabIndex: -1 });
    note.replaceChildren(s.frame_failed);
    for (const [title, url] of [[s.frame_open, base + "/page"], ...help.map((one) => [one.title, one.url])])
      note.append(Object.assign(document.createElement("a"), { href: url, textContent: title, target: url.startsWith("tel") ? "" : "_blank", rel: "noopener" }));
    note.focus();
  };

  const open = () => {
    button.setAttribute("aria-expanded", "true");
    note?.remove();
    note = null;
    if (frame) {
      frame.hidden = false;
      button.hidden = true;
      frame.focus();
      return frame.contentWindow.postMessage({ attune: "open" }, origin);
    }
    frame = document.createElement("iframe");
    frame.className = "f";
    frame.title = s.title;
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "origin";
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols";
    frame.src = `${base}/frame?site=${encodeURIComponent(me.dataset.site || "")}&from=${encodeURIComponent(location.origin)}`;
    late = setTimeout(failed, 8000);
    root.append(frame);
  };

  addEventListener("message", ({ origin: from, source, data }) => {
    if (!frame || from !== origin || source !== frame.contentWindow) return;
    if (data.attune === "ready") {
      clearTimeout(late);
      frame.classList.add("ready");
      button.hidden = true;
    } else if (data.attune === "close") {
      frame.hidden = true;
      button.hidden = false;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    } else if (data.attune === "exit") {
      document.documentElement.style.setProperty("display", "none", "important");
      document.title = " ";
      location.replace(exit);
    }
  });
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  button.onclick = open;
  (document.body || document.documentElement).append(host);
})();
