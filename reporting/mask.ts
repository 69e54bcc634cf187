import { isObject, type Json, objectOf, own } from "../graph/index.ts";
import { isCertainSecretName, isSecretAttribute, isSecretName, isSecretText } from "../resources/index.ts";
import { SENSITIVE } from "./sensitive.ts";

const deepest = 200;

/** The name of a value, and of the block that contains it. */
interface Path {
  readonly name: string;
  readonly parent: string;
}

/** The value with sensitive ones in it masked: those that Terraform marks, and those whose name says so. */
export function masked(value: unknown, marks: unknown, found?: Set<string>): unknown {
  return mask(value, marks, { name: "", parent: "" }, 0, found);
}

function mask(value: unknown, marks: unknown, path: Path, depth: number, found?: Set<string>): unknown {
  if (value === null || value === undefined) return value;
  if (depth > deepest) return SENSITIVE;
  if (marks === true) return hidden(value, found);
  if (hides(path, value)) return hidden(value, isWord(value) ? undefined : found);
  if (Array.isArray(value)) return maskList(value, Array.isArray(marks) ? marks : [], path, depth, found);
  if (!isObject(value)) return value;
  return maskObject(value, objectOf(marks), path.name, depth, found);
}

/** The list itself where nothing in it is sensitive: nearly always, and copies cost more than all else here. */
function maskList(
  list: readonly unknown[],
  marks: readonly unknown[],
  path: Path,
  depth: number,
  found?: Set<string>,
): readonly unknown[] {
  const shown = list.map((item, index) =>
    isOption(list[index - 1]) && isArgument(item)
      ? hidden(item, isWord(item) ? undefined : found)
      : mask(item, marks[index], path, depth + 1, found),
  );
  return shown.every((item, index) => item === list[index]) ? list : shown;
}

/** Of a command: "--db-password", whose value is the next argument. */
function isOption(item: unknown): boolean {
  return (
    typeof item === "string" &&
    /^--?[a-z]/i.test(item) &&
    isCertainSecretName(item.replace(/^-+/, "").replaceAll(/[-.]/g, "_"))
  );
}

/** Not the next option, nor a reference to an environment variable: "$(DB_PASSWORD)". */
function isArgument(item: unknown): boolean {
  return typeof item === "string" && item !== "" && !/^[-$]/.test(item);
}

/** In pairs of name and value, such as environment variables and flags, the name says whether the value is sensitive. */
function maskObject(value: Json, marks: Json, parent: string, depth: number, found?: Set<string>): Json {
  const title = own(value, "name") ?? own(value, "key");
  const isSecret = own(value, "kind") === "Secret" && "apiVersion" in value;
  const isPair = typeof title === "string" && "value" in value;
  let masked: Map<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const name = isPair && key === "value" ? `=${title}` : key;
    const shown =
      isSecret && (key === "data" || key === "stringData")
        ? hiddenEntries(objectOf(value[key]), found)
        : mask(value[key], own(marks, key), { name, parent }, depth + 1, found);
    if (shown === value[key]) continue;
    masked ??= new Map();
    masked.set(key, shown);
  }
  return masked === undefined ? value : { ...value, ...Object.fromEntries(masked) };
}

function hides({ name, parent }: Path, value: unknown): boolean {
  if (typeof value === "string" && isSecretText(value)) return true;
  if (typeof value === "object" || typeof value === "boolean" || value === "") return false;
  if (name.startsWith("=")) return isSecretName(name.slice(1));
  if (name === "secret") return !isReference(parent, value);
  return isSecretAttribute(name) || (/[A-Z]/.test(name) && isSecretName(name));
}

/** `secret` names one of Secret Manager in blocks about secrets and as an id, and is one elsewhere. */
function isReference(parent: string, value: unknown): boolean {
  return /secret/.test(parent) || String(value).startsWith("projects/");
}

/** A value that is sensitive only by its name may be a common word ("region", "enabled"), which must not be masked everywhere. */
function isWord(value: unknown): boolean {
  return typeof value === "string" && /^[A-Za-z_-]{1,19}$/.test(value);
}

/** The entries of a Secret of Kubernetes, which are secret whatever their names; in `data` they are base64. */
function hiddenEntries(entries: Json, found?: Set<string>): Json {
  for (const value of Object.values(entries)) {
    if (typeof value !== "string" || isWord(value)) continue;
    found?.add(value).add(Buffer.from(value, "base64").toString());
  }
  return Object.fromEntries(Object.keys(entries).map((key) => [key, SENSITIVE]));
}

/** Masked texts are collected, so that no sentence repeats one. */
function hidden(value: unknown, found?: Set<string>): string {
  if (found !== undefined) collect(value, found);
  return SENSITIVE;
}

/** Every text and number in the value. */
export function collect(value: unknown, found: Set<string>, depth = 0): void {
  if (depth > deepest) return;
  if (typeof value === "string" || typeof value === "number") found.add(String(value));
  else if (Array.isArray(value)) for (const item of value) collect(item, found, depth + 1);
  else if (isObject(value)) for (const item of Object.values(value)) collect(item, found, depth + 1);
}
