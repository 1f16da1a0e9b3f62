// What survives a reload: sessionStorage, which dies with the tab. Where it is refused the chat runs without.
const KEY = "attune-chat";
const LINES = 100;

/** The state of one tab's chat. */
export class Keep {
  constructor() {
    this.clear(false);
    try {
      Object.assign(this.data, JSON.parse(sessionStorage.getItem(KEY)) || {});
    } catch { /* refused or unreadable: begin empty */ }
  }

  /** Forget everything, here and in the tab. */
  clear(write = true) {
    this.data = { token: "", ends: 0, seq: 0, consent: false, open: false, draft: "", lines: [], pending: [], pinned: null };
    try {
      if (write) sessionStorage.removeItem(KEY);
    } catch { /* refused */ }
  }

  save(changes = {}) {
    Object.assign(this.data, changes);
    this.data.lines.splice(0, this.data.lines.length - LINES);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.data));
    } catch { /* refused or full */ }
  }
}
