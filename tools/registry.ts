/**
 * Writes resources/registry.ts and rules/registry.ts: every resource type and every rule, found by its file. A rule or
 * type is registered by existing; a test compares these files with what this would write.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { capitalized } from "../values/words.ts";

const root = path.dirname(import.meta.dirname ?? __dirname);

interface Registry {
  readonly file: string;
  readonly pattern: string;
  /** Finds the exported constants that are registered, their name as first group. */
  readonly exported: RegExp;
  readonly constant: string;
  readonly type: string;
  readonly typeFrom: string;
  readonly comment: string;
}

const registries: readonly Registry[] = [
  {
    file: "resources/registry.ts",
    pattern: "resources/types/**/*.ts",
    exported: /^export const (\w+): (?:readonly )?ResourceType(?:\[\])? =/gm,
    constant: "resourceTypes",
    type: "ResourceType",
    typeFrom: "./resource-type.ts",
    comment: "Every resource type of the catalogue.",
  },
  {
    file: "rules/registry.ts",
    pattern: "rules/*/*.ts",
    exported: /^export const (\w+): (?:readonly )?Rule(?:\[\])? =/gm,
    constant: "crossResourceRules",
    type: "Rule",
    typeFrom: "./rule.ts",
    comment: "Every rule that looks at more than the fields of one resource.",
  },
];

/** What each registry file holds, by its path from the root. */
export function registryFiles(): ReadonlyMap<string, string> {
  return new Map(registries.map((registry) => [registry.file, contentOf(registry)]));
}

function contentOf({ file, pattern, exported, constant, type, typeFrom, comment }: Registry): string {
  const imports: string[] = [`import type { ${type} } from "${typeFrom}";`];
  const names: string[] = [];
  const used = new Set<string>();
  for (const source of globSync(pattern, { cwd: root }).sort()) {
    for (const [declaration, name = ""] of readFileSync(path.join(root, source), "utf8").matchAll(exported)) {
      // Two files may use the same name.
      const unique = used.has(name) ? `${name}Of${capitalized(path.basename(path.dirname(source)))}` : name;
      used.add(unique);
      const from = `./${path.posix.relative(path.dirname(file), source)}`;
      imports.push(`import { ${unique === name ? name : `${name} as ${unique}`} } from "${from}";`);
      names.push(declaration.includes("readonly") ? `...${unique}` : unique);
    }
  }
  return `// Written by \`npm run docs\` from the files that are there; not edited by hand.
${imports.join("\n")}

/** ${comment} */
export const ${constant}: readonly ${type}[] = [
${names.map((name) => `  ${name},`).join("\n")}
];
`;
}

/** Writes the registries that are not up to date; true where there was one. */
export function writeRegistries(): boolean {
  const stale = [...registryFiles()].filter(
    ([file, content]) => readFileSync(path.join(root, file), "utf8") !== content,
  );
  for (const [file, content] of stale) writeFileSync(path.join(root, file), content);
  return stale.length > 0;
}
