import { ProjectService } from "@cdktf/provider-google/lib/project-service/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";

export interface ProjectApisProps {
  readonly project: string;
  /** API host names, "run.googleapis.com". */
  readonly apis: readonly string[];
}

/** APIs of the project, enabled and never disabled: disabling one would break everything that uses it. */
export class ProjectApis extends AssertedConstruct {
  constructor(scope: Construct, id: string, props: ProjectApisProps) {
    super(scope, id);
    for (const [id, api] of this.each("apis", props.apis, (api) => api)) {
      new ProjectService(this, id, { project: props.project, service: api, disableOnDestroy: false });
    }
  }
}
