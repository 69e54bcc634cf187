/** What other rooms use of this one; they import nothing else of it. */
export { withinBoundary } from "./boundary.ts";
export { parseJson, readGiven, readText } from "./files.ts";
export type { GivenVariable, Graph, GraphOptions, Target } from "./graph.ts";
export type { Input } from "./input.ts";
export { InputError } from "./input-error.ts";
export { isObject, type Json, listOf, objectOf, own, stringsOf } from "./json.ts";
export { graphFromManifests } from "./kubernetes/graph.ts";
export { PlannedModule } from "./plan/configuration.ts";
export { allValues } from "./plan/planned-values.ts";
export { readPlan } from "./plan.ts";
export { readGraph } from "./read-graph.ts";
export { observingReads, type ReadObserver, sharingReads } from "./reads.ts";
export { Block, Resource } from "./resource.ts";
export { ResourceGraph } from "./resource-graph.ts";
export { readState } from "./state.ts";
export type { TerraformDocument } from "./terraform-document.ts";
export { graphFromTerraformJson } from "./terraform-json.ts";
export { isUnknown, type Reference, Unknown, type Value } from "./value.ts";
