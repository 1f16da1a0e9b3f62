// POSTs to the server, and the lines that come back.
const IDLE = 30000;

/** What went wrong: `code` names the words, `retry` says whether the same message may be sent again by itself. */
export class Trouble extends Error {
  constructor(code, { status = 0, after = 0, lines = null, retry = false } = {}) {
    super(code);
    Object.assign(this, { code, status, after, lines, retry });
  }
}

export class Wire {
  constructor(base) {
    this.base = base;
  }

  /** Send JSON; return the response, or throw the trouble that its error line names. */
  async post(name, body, token, signal) {
    let found;
    try {
      found = await fetch(`${this.base}/${name}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ v: 1, ...body }),
        cache: "no-store",
        signal,
      });
    } catch {
      throw new Trouble("network", { retry: true });
    }
    if (found.ok) return found;
    const said = await found.json().catch(() => ({}));
    throw new Trouble(said.code || "network", {
      status: found.status,
      after: said.retry_after || Number(found.headers.get("Retry-After")) || 0,
      lines: said.lines,
      retry: found.status >= 500 || found.status === 409 || found.status === 429,
    });
  }

  /** Send JSON and hand each line to `take`; a stream that ends without `done` or `error` is a failure. */
  async stream(name, body, token, take) {
    const cut = new AbortController();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => cut.abort(), IDLE);
    };
    try {
      alive();
      const found = await this.post(name, body, token, cut.signal);
      const reader = found.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read().catch(() => ({ done: true }));
        if (done) throw new Trouble("network", { retry: true });
        alive();
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        for (const line of lines.filter(Boolean)) {
          const said = JSON.parse(line);
          if (said.type === "done") return;
          if (said.type === "error") throw new Trouble(said.code, { lines: said.lines, after: said.retry_after });
          if (said.type !== "ping") take(said);
        }
      }
    } finally {
      clearTimeout(timer);
      cut.abort();
    }
  }

  /** Tell the server while the page is being left. */
  farewell(token) {
    const body = new Blob([JSON.stringify({ v: 1, token })], { type: "application/json" });
    return navigator.sendBeacon?.(`${this.base}/end`, body);
  }
}
