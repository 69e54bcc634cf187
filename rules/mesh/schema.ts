import { isUnknown, type Value } from "../../graph/index.ts";
import { nearest } from "../../platform/nearest.ts";
import type { Rule, Verdict } from "../rule.ts";
import { FIELDS, ISTIO_VERSION, type Shape } from "./fields.ts";
import { type MeshObject, named, objects } from "./objects.ts";
import { VALIDATION_DOC } from "./sources.ts";

const VERSIONS = ["v1", "v1beta1", "v1alpha3"];

/** A misspelt field is no field: the API server refuses it, or drops it and applies the rest. */
export const schema: Rule = {
  id: "mesh/schema",
  why: "kubectl refuses a field that Istio's schema does not have, or a value of another type; with --validate=false the field is dropped in silence, and the object does something else than it says.",
  limit:
    "fields, types and words of Istio's custom resource definitions for Gateway, VirtualService and DestinationRule; metadata.name; apiVersion networking.istio.io/v1, v1beta1 or v1alpha3",
  fix: "Write the field as Istio's reference has it; numbers and booleans without quotes.",
  source: VALIDATION_DOC,
  example: `kind: VirtualService
spec:
  http:
    - macth: [{ uri: { prefix: /api } }] # no such field: the route takes everything
      route: [{ destination: { host: api-server, port: { number: "80" } } }] # a text, no number`,
  *check(graph) {
    for (const [kind, shape] of Object.entries(FIELDS)) {
      for (const object of objects(graph, `networking.istio.io/${kind}`)) {
        const problems = [
          ...head(object, kind),
          ...shapeProblems(object.manifest.get("spec"), shape, "spec"),
        ];
        for (const { message, fix, severity = "error" } of problems)
          yield {
            resource: object.resource,
            severity,
            message: `${kind} ${named(object)}: ${message}`,
            ...(fix === undefined ? {} : { fix }),
          };
      }
    }
  },
};

type Problem = Pick<Verdict, "message" | "fix"> & { readonly severity?: Verdict["severity"] };

function* head({ manifest, spec }: MeshObject, kind: string): Iterable<Problem> {
  if (kind === "DestinationRule" && spec.get("host") === undefined)
    yield {
      message: "it has no spec.host, refused at apply.",
      fix: "Add the host whose traffic it governs.",
    };
  const version = manifest.string("apiVersion")?.split("/")[1];
  if (version !== undefined && !VERSIONS.includes(version))
    yield {
      message: `apiVersion "${manifest.string("apiVersion")}" does not exist, refused at apply.`,
      fix: `Write apiVersion: networking.istio.io/${VERSIONS[0]}.`,
    };
  if (manifest.get("metadata.name") === undefined && manifest.get("metadata.generateName") === undefined)
    yield { message: "it has no metadata.name, refused at apply.", fix: "Give it a name." };
}

function* shapeProblems(value: Value | undefined, shape: Shape, path: string): Iterable<Problem> {
  if (value === undefined || value === null || isUnknown(value)) return;
  if (typeof shape === "string") {
    if (!isLeaf(value, shape)) yield wrongType(value, shape, path);
  } else if (isList(shape)) {
    if (!Array.isArray(value)) yield wrongType(value, shape, path);
    else
      for (const [index, item] of value.entries()) yield* itemProblems(item, shape[0], `${path}[${index}]`);
  } else if (typeof value !== "object" || Array.isArray(value)) {
    yield wrongType(value, shape, path);
  } else {
    for (const [field, inner] of Object.entries(value)) {
      const known = Object.hasOwn(shape, field) ? shape[field] : shape["*"];
      if (known === undefined) yield unknownField(field, Object.keys(shape), path);
      else yield* shapeProblems(inner, known, `${path}.${field}`);
    }
  }
}

function* itemProblems(item: Value, shape: Shape, path: string): Iterable<Problem> {
  if (item === null) yield wrongType(item, shape, path);
  else yield* shapeProblems(item, shape, path);
}

function unknownField(field: string, known: readonly string[], path: string): Problem {
  const meant = nearest(field, known);
  const message = `${path} has no field "${field}" in Istio's schema`;
  // A field that resembles none may be one of a newer Istio.
  return meant === undefined
    ? {
        severity: "warning",
        message: `${message} of version ${ISTIO_VERSION}: refused at apply, unless the cluster's is newer.`,
        fix: `Remove it, or move it to where it belongs: ${path} takes ${known.join(", ")}.`,
      }
    : { message: `${message}, refused at apply by kubectl.`, fix: `Write "${meant}".` };
}

function wrongType(value: Value, shape: Shape, path: string): Problem {
  const shown = value === null ? "empty" : Array.isArray(value) ? "a list" : shownValue(value);
  return {
    message: `${path} is ${shown}, and must be ${described(shape)}: refused at apply.`,
    fix: `Write ${described(shape)} at ${path}.`,
  };
}

function shownValue(value: Value): string {
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? `the text "${value}"` : `the ${typeof value} ${value}`;
}

function described(shape: Shape): string {
  if (isList(shape)) return "a list";
  if (typeof shape !== "string") return "an object";
  if (shape.includes("|")) return `one of ${shape.split("|").join(", ")}`;
  return shape === "string" ? "a text" : shape === "integer" ? "a whole number" : `a ${shape}`;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isLeaf(value: Value, shape: string): boolean {
  if (shape === "any") return true;
  if (shape.includes("|")) return typeof value === "string" && shape.split("|").includes(value);
  return shape === "integer" ? Number.isInteger(value) : typeof value === shape;
}
