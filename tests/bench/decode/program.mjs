// A contestant that is a program: it answers each line with a line.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export class Program {
  #child;
  #lines;
  #ended;

  constructor(program, args) {
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("exit", resolve);
    });
    // Whoever waits for an answer is told; nobody else needs to know.
    this.#ended.catch(() => {});
    this.#child.stdin.on("error", () => {});
  }

  async ask(question) {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const gone = this.#ended.then((code) => {
      throw new Error(`${this.#child.spawnfile} ended with ${code}`);
    });
    const { value } = await Promise.race([this.#lines.next(), gone]);
    if (value === undefined) return gone;
    return JSON.parse(value);
  }

  async stop() {
    this.#child.stdin.end();
    await this.#ended;
  }
}
