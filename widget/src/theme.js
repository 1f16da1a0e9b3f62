// The look, in one constructed style sheet (no style attribute, no inline style: a strict policy has nothing to block),
// and a check that a site's own colours can be read; a pair that cannot falls back to ours.

export const sheet = `
:host{all:initial!important}
.root{all:initial;font:clamp(16px,1rem,24px)/1.6 var(--attune-font,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif);color:var(--ink);
--paper:var(--attune-paper,light-dark(#fffdf9,#1d2021));--tint:var(--attune-tint,light-dark(#f5efe6,#2b2f30));--ink:var(--attune-ink,light-dark(#2b2a28,#ece6dd));--soft:var(--attune-soft,light-dark(#625b54,#b7aea3));--accent:var(--attune-accent,light-dark(#245c57,#93cfc6));--on:var(--attune-on-accent,light-dark(#fff,#0f2926));--line:light-dark(#ddd3c6,#41474a);--edge:light-dark(#8b8176,#8f8a82);--alarm:light-dark(#9a3412,#ffb38f);--alarm-bg:light-dark(#fff4ec,#36241c);--round:var(--attune-radius,18px);--shade:0 1px 2px #3b2f2014,0 12px 40px #3b2f2033;color-scheme:light dark}
.light{color-scheme:light}
*,::before{box-sizing:border-box;overflow-wrap:break-word}
[hidden]{display:none!important}
p,ul,ol,dl,dd,h2,h3,h4,form{margin:0;padding:0}
ul,ol.plain{list-style:none}
h2{font-size:1.1em;line-height:1.3;font-weight:650}
h3{font-size:1.06em;line-height:1.4;font-weight:650}
h4{font-size:.86em;font-weight:600;color:var(--soft)}
a{color:var(--accent);text-underline-offset:.18em}
button,input,select,textarea{font:inherit;color:inherit;margin:0}
button{cursor:pointer;min-height:44px;min-width:44px;padding:.35em .9em;border:1px solid var(--edge);border-radius:999px;background:var(--paper);line-height:1.35}
button:hover{background:var(--tint)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
:focus:not(:focus-visible),[tabindex="-1"]{outline:none}
.vh{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0;padding:0;margin:-1px}
.main,a.button,.launch{background:var(--accent);color:var(--on);border:1px solid var(--accent);font-weight:600}
.main:hover,a.button:hover,.launch:hover{background:var(--accent);text-decoration:underline}
a.button{display:inline-flex;align-items:center;min-height:44px;padding:.35em 1.1em;border-radius:999px;text-decoration:none;line-height:1.35}
.small{padding:.3em .85em;font-size:.94em}
.quiet{border-color:transparent;background:transparent}
.launch{position:fixed;inset-block-end:max(20px,env(safe-area-inset-bottom));inset-inline-end:20px;z-index:2147483000;min-height:56px;padding:.5em 1.5em;box-shadow:var(--shade)}
.start .launch{inset-inline:20px auto}
.panel{position:fixed;inset:auto;inset-block-end:20px;inset-inline-end:20px;z-index:2147483001;display:none;flex-direction:column;width:min(430px,calc(100vw - 40px));height:min(720px,calc(100dvh - 40px));padding:0;margin:0;max-width:none;max-height:none;border:1px solid var(--line);border-radius:var(--round);background:var(--paper);color:var(--ink);box-shadow:var(--shade);overflow:hidden}
.panel[open]{display:flex}
.panel::backdrop{background:transparent}
.page .panel{position:absolute;inset:0;width:100%;height:100%;border:0;border-radius:0;box-shadow:none}
.start .panel{inset-inline:20px auto}
@media(max-width:479px),(max-height:479px){.panel,.start .panel{inset:0;width:100%;height:100dvh;border:0;border-radius:0}}
.strip{display:flex;justify-content:space-between;gap:.25em;padding:4px 6px;border-block-end:1px solid var(--line);background:var(--tint)}
.strip button{font-size:.92em;font-weight:600;background:transparent;border-color:transparent;padding-inline:.7em}
.strip .urgent-way{color:var(--alarm)}
.strip button:hover{text-decoration:underline}
.head{display:flex;align-items:center;gap:.6em;padding:8px 8px 8px 16px}
.head h2{flex:1;min-width:0}
.head h2 span{display:block;font-size:.76em;font-weight:400;color:var(--soft)}
.head::before{content:"";width:38px;height:26px;background:radial-gradient(circle at 13px,var(--accent) 12.5px,#0000 13px),radial-gradient(circle at 25px,light-dark(#d9a679,#c98f5f) 12.5px,#0000 13px)}
.head button{padding:0;width:44px;font-size:1.4em}
.tools{display:flex;flex-wrap:wrap;gap:8px;padding:0 16px 10px;align-items:center}
.tools p{flex:1 1 100%}
.body{position:relative;flex:1;min-height:0;display:flex;flex-direction:column;border-block-start:1px solid var(--line)}
.log,.gate,.helpbox{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:16px;scroll-padding:16px}
.log>*{margin-block-end:10px;max-width:100%}
.log{display:flex;flex-direction:column;align-items:flex-start}
.gate{display:flex;flex-direction:column;gap:.9em;padding:20px}
.gate button{width:100%}
.bubble{background:var(--tint);border:1px solid transparent;border-radius:6px var(--round) var(--round);padding:.7em 1em;max-width:min(36em,94%)!important}
.bubble>*+*,.crisis>*+*,.card>*+*{margin-block-start:.6em}
.vh+*,h4+*{margin:0!important}
.bubble ul:not([class]){list-style:disc;padding-inline-start:1.2em}
.bubble li+li{margin-block-start:.3em}
.bubble p,.about p,.crisis p{white-space:pre-line}
.mine{align-self:flex-end;background:var(--accent);color:var(--on);border-radius:var(--round) var(--round) 6px}
.paper{background:var(--paper);border-color:var(--edge);border-radius:8px}
.state{align-self:flex-end;font-size:.86em;color:var(--soft);text-align:end}
.links{display:flex;flex-wrap:wrap;gap:.2em 1.1em;align-items:center}
.links a:not(.button){display:inline-flex;align-items:center;min-height:44px}
.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.taps{display:flex;flex-wrap:wrap;gap:8px}
.tap{border-color:var(--accent);color:var(--accent);font-weight:550;text-align:start}
.taps button:disabled{font-weight:400;color:var(--soft);background:none;border-color:var(--line);cursor:default}
.taps .picked{color:var(--ink)!important;border-color:var(--edge)!important}
.picked::before{content:"✓ "/""}
.note,.hours,.subtitle{font-size:.92em;color:var(--soft)}
.echo p{font-size:.86em;color:var(--soft);margin-block-end:4px}
.chip{font-size:.94em}
.cards{width:100%}
.count{margin-block-end:6px}
.cards li+li .card{margin-block-start:12px}
.card{border:1px solid var(--line);border-radius:14px;padding:14px 16px;background:var(--paper);box-shadow:0 1px 3px #3b2f200f}
.card h3+.subtitle{margin-block-start:0}
.badges{display:flex;flex-wrap:wrap;gap:6px}
.badges li{font-size:.8em;line-height:1.4;padding:.1em .7em;border:1px solid var(--edge);border-radius:999px;color:var(--soft)}
.number{color:var(--soft);font-weight:400}
.why li{padding-inline-start:1.4em;position:relative}
.why li::before{content:"✓"/"";position:absolute;inset-inline-start:0;color:var(--accent)}
dl>div{display:grid;grid-template-columns:minmax(6em,30%) 1fr;gap:0 .8em;padding:.22em 0;font-size:.96em}
dt{color:var(--soft)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:14px;max-width:100%}
table{border-collapse:collapse;font-size:.9em;min-width:100%}
caption{text-align:start;padding:10px 12px;font-weight:600}
th,td{text-align:start;vertical-align:top;padding:9px;border-block-start:1px solid var(--line);min-width:8em}
th[scope=row]{color:var(--soft);font-weight:500;min-width:5em;position:sticky;inset-inline-start:0;background:var(--paper)}
.crisis{width:100%;background:var(--alarm-bg);border:2px solid var(--alarm);border-radius:14px;padding:16px}
.crisis h3{color:var(--alarm)}
.lines>li+li{margin-block-start:14px}
a.help-way,a.help-way:hover{background:var(--alarm);border-color:var(--alarm);color:var(--alarm-bg);min-height:48px}
.crisis .row{margin-block:6px}
@media(pointer:coarse){.desk{display:none}}
.pin{display:flex;flex-wrap:wrap;gap:0 12px;align-items:center;padding:2px 16px;background:var(--alarm-bg);border-block-start:1px solid var(--alarm);font-size:.94em}
.pin a,.news a{display:inline-flex;align-items:center;min-height:44px;min-width:44px;color:var(--alarm);font-weight:600}
.trouble{border:1px solid var(--edge);border-inline-start:4px solid var(--alarm);border-radius:10px;padding:12px 14px;width:100%}
.trouble>*+*{margin-block-start:.6em}
.below{position:absolute;inset-block-end:10px;inset-inline:0;margin-inline:auto;width:max-content;box-shadow:var(--shade);font-size:.92em}
.news{padding:6px 16px;background:var(--tint);border-block-start:1px solid var(--line);font-size:.92em;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
.write{display:flex;align-items:flex-end;gap:8px;padding:10px 12px max(10px,env(safe-area-inset-bottom));border-block-start:1px solid var(--line)}
.write label{flex:1;min-width:0}
textarea,input,select{width:100%;min-height:48px;padding:.6em .9em;border:1px solid var(--edge);border-radius:14px;background:var(--paper);color:var(--ink)}
textarea{display:block;resize:none;max-height:30vh;line-height:1.5}
::placeholder{color:var(--soft);opacity:1}
.write .main{min-height:48px;padding-inline:1.1em}
.field label{display:block;font-size:.94em;margin-block-end:3px}
.form{width:100%}
.error{color:var(--alarm);font-size:.92em}
.error:empty{display:none}
[aria-invalid=true]{border-color:var(--alarm);border-width:2px}
@media(max-height:479px){.head{padding-block:0}.head::before,.head h2 span{display:none}.log{padding-block:8px}.write{padding-block:6px}}
`;

const light = (colour) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, share, index) =>
    sum + share * (colour[index] <= 0.04045 ? colour[index] / 12.92 : ((colour[index] + 0.055) / 1.055) ** 2.4), 0.05);

/** Fall back to our own colours when a pair of the site's cannot be read. */
export const checkColours = (root) => {
  const names = ["paper", "tint", "ink", "soft", "accent", "on-accent"];
  // Mixing makes the browser say any notation in the same one: color(srgb r g b).
  const lightOf = (name) => {
    root.style.color = `color-mix(in srgb,var(--${name}),var(--${name}))`;
    return light(getComputedStyle(root).color.match(/[\d.]+/g).map(Number));
  };
  const bad = ["ink paper", "ink tint", "soft paper", "soft tint", "on accent", "accent paper"].some((pair) => {
    const [dark, bright] = pair.split(" ").map(lightOf).sort((a, b) => a - b);
    return bright / dark < 4.5;
  });
  root.style.color = "";
  if (bad) for (const name of names) root.style.setProperty(`--attune-${name}`, "initial");
};
