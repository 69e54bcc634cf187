import { nameAttributeOf, resourceType } from "../resources/index.ts";
import { type Json, listOf, objectOf, own } from "./json.ts";
import type { TerraformDocument } from "./terraform-document.ts";

const REMOTE_STATE = "terraform_remote_state";
/** What CDKTF names the state of another stack that it reads, before the path of that stack. */
const PREFIX = "cross-stack-reference-input-";
/** The attribute of a resource, as CDKTF writes the outputs that other stacks read. */
const ATTRIBUTE = /^\$\{(google_\w+)\.([\w-]+)\.(\w+)\}$/;

/**
 * The documents with what CDKTF hands from one stack to another through its state, where that is certain before the apply:
 * names, and ids that are made of names. A network of one stack is then the same network in all others.
 */
export function withCrossStackValues(documents: readonly TerraformDocument[]): readonly TerraformDocument[] {
  const stacks = new Map(documents.map(({ origin, json }) => [origin, objectOf(json)]));
  return documents.map((document) => {
    const json = objectOf(document.json);
    const data = objectOf(own(json, "data"));
    const states = Object.entries(objectOf(own(data, REMOTE_STATE)));
    if (states.length === 0) return document;
    const read = states.map(([name, state]) => {
      const from = name.startsWith(PREFIX) ? stacks.get(name.slice(PREFIX.length)) : undefined;
      return [name, from === undefined ? state : { ...objectOf(state), outputs: outputsOf(from) }];
    });
    return {
      ...document,
      json: { ...json, data: { ...data, [REMOTE_STATE]: Object.fromEntries(read) } },
    };
  });
}

function outputsOf(stack: Json): Json {
  const outputs = Object.entries(objectOf(own(stack, "output"))).map(([name, output]) => [
    name,
    certainValue(stack, own(objectOf(output), "value")),
  ]);
  return Object.fromEntries(outputs.filter(([, value]) => value !== undefined));
}

/** The value of an output that is an attribute of a resource; undefined where only the apply tells. */
function certainValue(stack: Json, output: unknown): string | undefined {
  const [, type = "", name = "", attribute = ""] =
    (typeof output === "string" && ATTRIBUTE.exec(output)) || [];
  const resource = objectOf(own(objectOf(own(objectOf(own(stack, "resource")), type)), name));
  const provider = objectOf(listOf(own(objectOf(own(stack, "provider")), "google"))[0]);
  const read = (path: string) => literal(own(resource, path)) ?? literal(own(provider, path));
  const written = literal(own(resource, attribute));
  if (written !== undefined) return written;
  const { derived, importId } = resourceType(type) ?? {};
  const isId = attribute === "id" || attribute === "self_link";
  return filled(isId ? importId : derived?.[attribute], (key) => {
    if (key === "region") return read("region") ?? read("location");
    return read(key === "name" ? (nameAttributeOf(type) ?? "") : key);
  });
}

/** A form of the catalogue with its {placeholders} filled in; undefined where one of them is not known. */
function filled(form: string | undefined, read: (key: string) => string | undefined): string | undefined {
  const pieces = form?.split(/\{(\w+)\}/).map((piece, index) => (index % 2 === 0 ? piece : read(piece)));
  return pieces === undefined || pieces.includes(undefined) ? undefined : pieces.join("");
}

function literal(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !/[$%]\{/.test(value) ? value : undefined;
}
