import type * as Yaml from "yaml";

let library: typeof Yaml | undefined;

/** Functions that need the YAML library; templates may call them too. */
const NEEDED_BY = /\b(?:yaml(?:de|en)code|template(?:file|string))\b/;

/** Loads the YAML library where the text of a configuration may need it: it takes a twentieth of a second. */
export async function prepareFunctions(text: string): Promise<void> {
  if (library === undefined && NEEDED_BY.test(text)) library = await import("yaml");
}

/** What Go's YAML, which Terraform uses, takes from version 1.1 of the language. */
const asInGo: Yaml.ScalarTag[] = [
  {
    tag: "tag:yaml.org,2002:bool",
    default: true,
    test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
    resolve: (text) => /^(?:y|on)/i.test(text),
  },
  {
    tag: "tag:yaml.org,2002:timestamp",
    default: true,
    test: /^\d{4}-\d\d-\d\d$/,
    resolve: (text) => `${text}T00:00:00Z`,
  },
];

/** @throws Error where the text is not one document of YAML, or aliases in it multiply each other */
export function yamlValue(text: string): unknown {
  return loaded().parse(text, { merge: true, maxAliasCount: 100, logLevel: "error", customTags: asInGo });
}

/** As Terraform writes it: texts in quotes, keys sorted. */
export function yamlText(value: unknown): string {
  return loaded().stringify(value, {
    defaultKeyType: "QUOTE_DOUBLE",
    defaultStringType: "QUOTE_DOUBLE",
    indentSeq: false,
    lineWidth: 0,
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  });
}

function loaded(): typeof Yaml {
  if (library === undefined) throw new Error("YAML is not read in this kind of input");
  return library;
}
