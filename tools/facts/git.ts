import { execFileSync } from "node:child_process";

const MOST_OUTPUT = 2 ** 31 - 1;

/** A file as a commit has it. */
export interface TreeFile {
  readonly path: string;
  /** Of its content. */
  readonly hash: string;
}

/** Reads a repository, bare or not, without a work tree. */
export class Repository {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #git(args: readonly string[], input = ""): Buffer {
    return execFileSync("git", ["-C", this.#folder, ...args], { input, maxBuffer: MOST_OUTPUT });
  }

  tags(): string[] {
    return this.#git(["tag"]).toString().trim().split("\n");
  }

  files(revision: string, folder: string): TreeFile[] {
    const listed = this.#git(["ls-tree", "-r", "-z", revision, "--", folder]).toString();
    return listed.split("\0").flatMap((line) => {
      const [, hash, path] = /^\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
      return hash === undefined || path === undefined ? [] : [{ path, hash }];
    });
  }

  /** The texts of contents, by hash. */
  texts(hashes: readonly string[]): Map<string, string> {
    const texts = new Map<string, string>();
    if (hashes.length === 0) return texts;
    const output = this.#git(["cat-file", "--batch"], `${hashes.join("\n")}\n`);
    for (let at = 0; at < output.length; ) {
      const end = output.indexOf(10, at);
      const [hash = "", , size = "0"] = output.toString("latin1", at, end).split(" ");
      const start = end + 1;
      texts.set(hash, output.toString("utf8", start, start + Number(size)));
      at = start + Number(size) + 1;
    }
    return texts;
  }
}
