import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { generatedPages, leftoverPages } from "../../commands/docs/pages.ts";
import type { Finding } from "../../rules/rule.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { type LoadedEnvironments, loadEnvironments } from "../../synthesis/load-environments.ts";
import { discard, synthesize } from "../../synthesis/synthesize.ts";
import { TODAY } from "../support/environments.ts";
import { ROOT } from "../support/project.ts";

/** The only test that reads environments/: it holds whatever they say, so a change of them needs no change of a test. */
describe("the environments of this project", () => {
  let loaded: LoadedEnvironments;
  beforeAll(async () => {
    loaded = await loadEnvironments(path.join(ROOT, "environments"), [], TODAY);
  });

  test("are valid, alone and together", () => {
    expect(loaded.issues).toEqual([]);
  });

  test("synthesize, and the rule book finds no error in them", async () => {
    const all = [...loaded.environments, ...loaded.meshes];
    const synthesis = await synthesize(all);
    try {
      const errors = all.flatMap((environment): readonly Finding[] => {
        const { errors, resources } = evaluate(environment, synthesis, TODAY);
        expect(resources).toBeGreaterThan(0);
        return errors;
      });
      expect(errors).toEqual([]);
    } finally {
      discard(synthesis);
    }
  });

  describe("have pages in docs/ (npm run docs)", () => {
    const pages = (): ReadonlyMap<string, string> => generatedPages(loaded.environments, loaded.meshes);

    test("that are what the code says", () => {
      const stale = [...pages()].filter(([page, text]) => readIfThere(page) !== text).map(([page]) => page);
      expect(stale).toEqual([]);
    });

    test("and none is left of an environment or a service that is gone", () => {
      expect(leftoverPages(ROOT, pages())).toEqual([]);
    });
  });
});

function readIfThere(page: string): string | undefined {
  try {
    return readFileSync(path.join(ROOT, page), "utf8");
  } catch {
    return undefined;
  }
}
