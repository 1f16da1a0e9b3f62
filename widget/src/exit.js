// "Exit this page": hide first, then forget, then leave by replacing the page. Shift three times does the same.
import { site, t } from "./words.js";

const PAUSE = 5000;

/** Leave. In a frame the site's own page leaves, through the loader. */
export const leave = (talk, keep, framed) => {
  document.documentElement.style.setProperty("display", "none", "important");
  document.title = " ";
  const { token } = keep.data;
  keep.clear();
  if (token || framed) talk.wire.farewell(token);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  const url = site.exit_url || "about:blank";
  if (!framed) return location.replace(url);
  parent.postMessage({ attune: "exit", url }, framed);
  setTimeout(() => top.location.replace(url), 400);
};

/** Watch for Shift, pressed alone, three times; any other key begins again. */
export class ShiftWatch {
  constructor(active, say, exit) {
    Object.assign(this, { active, say, exit, count: 0 });
    document.addEventListener("keydown", (event) => this.down(event), true);
    document.addEventListener("keyup", (event) => this.up(event), true);
  }

  down(event) {
    if (event.key === "Shift") this.alone = !event.repeat || this.alone;
    else this.reset();
  }

  up(event) {
    if (event.key !== "Shift" || !this.alone || !this.active()) return;
    this.alone = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reset(true), PAUSE);
    this.count += 1;
    if (this.count < 3) return this.say(t(this.count === 1 ? "exit_more_2" : "exit_more_1"));
    this.exit();
  }

  reset(late = false) {
    if (late && this.count) this.say(t("exit_reset"));
    this.alone = false;
    this.count = 0;
    clearTimeout(this.timer);
  }
}
