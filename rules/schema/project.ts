import type { Resource } from "../../graph/index.ts";
import { projectLimits as limits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const FORM = `${limits.idLow.value} to ${limits.idHigh.value} lowercase letters, digits and hyphens, a letter first and no hyphen last`;

/** Before the id there may be the domain of an organization ("example.com:"), or of another cloud of Google's ("eu0:"). */
const NEW_ID = /^(?:[a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** Its number names a project as well. How short those of Google's beginnings are is written nowhere. */
const ID = /^(?:projects\/)?(?:\d+|(?:[a-z][a-z0-9.-]*:)?[a-z](?:[a-z0-9-]{0,28}[a-z0-9])?)$/;

/** A project is named by its id, and not by what people call it. */
export const project: Rule = {
  id: "schema/project",
  why: "No project has an id of another form, and the provider sends what is written.",
  limit: `project, and project_id of a project: ${FORM}, after the domain of its organization (example.com:) where it has one; project also the number`,
  fix: "Write the id of the project, as gcloud projects list shows it.",
  source: limits.idLow.source,
  exampleSeverity: "warning",
  *check(graph) {
    const seen = new Set<string>();
    for (const resource of graph.all()) {
      if (!resource.type.startsWith("google_")) continue;
      if (resource.type === "google_project") yield* wrong(resource, "project_id", NEW_ID);
      else if (resource.get("project") !== undefined) yield* wrong(resource, "project", ID);
      else {
        // One resource of each provider is enough to say so.
        const text = resource.provider.string("project") ?? "";
        const key = graph.key(`${resource.providerSource} ${text}`, resource);
        if (text === "" || ID.test(text) || seen.has(key)) continue;
        seen.add(key);
        yield violation(resource, "project", text, " in its provider");
      }
    }
  },
};

function* wrong(resource: Resource, attribute: string, form: RegExp): Iterable<Violation> {
  const text = resource.string(attribute) ?? "";
  if (text !== "" && !form.test(text)) yield violation(resource, attribute, text, "");
}

function violation(resource: Resource, attribute: string, text: string, where: string): Violation {
  const meant = text
    .toLowerCase()
    .replace(/[^a-z0-9:./]+/g, "-")
    .replace(/^[^a-z]+|[^a-z0-9]+$/g, "");
  const example = NEW_ID.test(meant) ? `, for example ${attribute} = "${meant}"` : "";
  return {
    resource,
    // In files, as in documentation, it is often a word to replace; what an app synthesizes is meant.
    severity: resource.path === null ? "warning" : "error",
    message: `${attribute} is "${text}"${where}; rejected by the API: it must be the id of a project, ${FORM}.`,
    fix: `Write the id of the project${example}.`,
  };
}
