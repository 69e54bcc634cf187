import { FIELDS, ISTIO_VERSION, METADATA, type Shape } from "../../analysis/mesh/fields.ts";
import { type MeshObject, named, objects } from "../../analysis/mesh/objects.ts";
import { isUnknown, type Value } from "../../graph/index.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";
import { VALIDATION_DOC } from "./sources.ts";

const OBJECT = ["apiVersion", "kind", "metadata", "spec", "status"];
const VERSIONS = ["v1", "v1beta1", "v1alpha3"];

/** The API server rejects a misspelled field, or drops it and applies the rest. */
export const schema: Rule = {
  id: "mesh/schema",
  why: "kubectl rejects a field that Istio's schema does not have, and a value of another type; with --validate=false the field is dropped silently, and the object does something else.",
  limit:
    "fields, types and enumerations of Istio's custom resource definitions for Gateway, VirtualService, DestinationRule, ServiceEntry, AuthorizationPolicy and PeerAuthentication, and of metadata; nothing next to spec; metadata.name; an apiVersion that exists",
  fix: "Write the field as in Istio's reference; numbers and booleans without quotes.",
  source: VALIDATION_DOC,
  *check(graph) {
    for (const [type, shape] of Object.entries(FIELDS)) {
      const [group = "", kind = ""] = type.split("/");
      for (const object of objects(graph, type)) {
        const issues = [
          ...head(object, group, kind),
          ...misplaced(object, shape),
          ...shapeIssues(object.manifest.get("metadata"), METADATA, "metadata"),
          ...shapeIssues(object.manifest.get("spec"), shape, "spec"),
        ];
        for (const { message, fix, severity = "error" } of issues)
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

type Issue = Pick<Violation, "message" | "fix"> & { readonly severity?: Violation["severity"] };

function* head({ manifest, spec }: MeshObject, group: string, kind: string): Iterable<Issue> {
  if (kind === "DestinationRule" && spec.get("host") === undefined)
    yield {
      message: "spec.host is not set; rejected by the API: it is needed.",
      fix: "Add spec.host, for example api-server.",
    };
  const version = manifest.string("apiVersion")?.split("/")[1];
  const versions = group === "networking.istio.io" ? VERSIONS : VERSIONS.slice(0, 2);
  if (version !== undefined && !versions.includes(version))
    yield {
      message: `apiVersion is "${manifest.string("apiVersion")}"; rejected by the API: it does not exist.`,
      fix: `Write apiVersion: ${group}/${VERSIONS[0]}.`,
    };
  if (manifest.get("metadata.name") === undefined && manifest.get("metadata.generateName") === undefined)
    yield {
      message: "metadata.name is not set; rejected by the API: it is needed.",
      fix: "Add metadata.name, for example web.",
    };
}

/** Next to spec there is nothing but these: what belongs into spec is dropped, or the object is rejected. */
function* misplaced({ manifest, resource }: MeshObject, shape: Shape): Iterable<Issue> {
  // Of YAML the object is the resource itself, and Terraform adds nothing to a manifest either.
  const objects = resource.type === "kubernetes_manifest" ? resource.blocks("manifest") : [manifest];
  for (const object of objects)
    for (const field of Object.keys(object.values)) {
      if (OBJECT.includes(field)) continue;
      const message = `${field} is next to spec; rejected by the API: an object has ${OBJECT.join(", ")} only.`;
      const meant = nearest(field, OBJECT);
      const isOfSpec = typeof shape === "object" && !isList(shape) && Object.hasOwn(shape, field);
      const fix = isOfSpec
        ? `Move ${field} into spec, indented by two spaces more.`
        : meant === undefined
          ? `Remove ${field}, or move it into spec.`
          : `Write "${meant}".`;
      yield { message, fix };
    }
}

function* shapeIssues(value: Value | undefined, shape: Shape, path: string): Iterable<Issue> {
  if (value === undefined || value === null || isUnknown(value)) return;
  if (typeof shape === "string") {
    if (!isLeaf(value, shape)) yield wrongType(value, shape, path);
  } else if (isList(shape)) {
    if (!Array.isArray(value)) yield wrongType(value, shape, path);
    else for (const [index, item] of value.entries()) yield* itemIssues(item, shape[0], `${path}[${index}]`);
  } else if (typeof value !== "object" || Array.isArray(value)) {
    yield wrongType(value, shape, path);
  } else {
    for (const [field, inner] of Object.entries(value)) {
      const known = Object.hasOwn(shape, field) ? shape[field] : shape["*"];
      if (known === undefined) yield unknownField(field, Object.keys(shape), path);
      else yield* shapeIssues(inner, known, `${path}.${field}`);
    }
  }
}

function* itemIssues(item: Value, shape: Shape, path: string): Iterable<Issue> {
  if (item === null) yield wrongType(item, shape, path);
  else yield* shapeIssues(item, shape, path);
}

function unknownField(field: string, known: readonly string[], path: string): Issue {
  const meant = nearest(field, known);
  const message = `${path} has the field "${field}"; rejected by the API`;
  if (path === "metadata" && meant === undefined)
    return {
      message: `${message}: Kubernetes does not have it.`,
      fix: `Remove ${field}, or move it into metadata.annotations or spec.`,
    };
  // A field that is similar to none may be one of a newer Istio.
  return meant === undefined
    ? {
        severity: "warning",
        message: `${message} unless the cluster is newer: Istio ${ISTIO_VERSION} does not have it.`,
        fix: `Remove it, or move it: ${path} has ${known.join(", ")}.`,
      }
    : {
        message: `${message}: ${path === "metadata" ? "Kubernetes" : "Istio"} does not have it.`,
        fix: `Write "${meant}".`,
      };
}

function wrongType(value: Value, shape: Shape, path: string): Issue {
  const shown = value === null ? "empty" : Array.isArray(value) ? "a list" : shownValue(value);
  return {
    message: `${path} is ${shown}; rejected by the API: it must be ${described(shape)}.`,
    fix: `Write ${described(shape)} at ${path}.`,
  };
}

function shownValue(value: Value): string {
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? `the string "${value}"` : `the ${typeof value} ${value}`;
}

function described(shape: Shape): string {
  if (isList(shape)) return "a list";
  if (typeof shape !== "string") return "an object";
  if (shape.includes("|")) return `one of ${shape.split("|").join(", ")}`;
  return shape === "string" ? "a string" : shape === "integer" ? "an integer" : `a ${shape}`;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isLeaf(value: Value, shape: string): boolean {
  if (shape === "any") return true;
  if (shape.includes("|")) return typeof value === "string" && shape.split("|").includes(value);
  return shape === "integer" ? Number.isInteger(value) : typeof value === shape;
}
