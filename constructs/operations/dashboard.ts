import { MonitoringDashboard } from "@cdktf/provider-google/lib/monitoring-dashboard/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { dashboardJson } from "../../platform/operations/dashboards/json.ts";
import type { Dashboard as Description } from "../../platform/operations/dashboards/widget.ts";

export interface DashboardProps {
  readonly dashboard: Description;
}

/**
 * A dashboard of charts.
 *
 *     metrics -> charts with budget lines -> dashboard
 */
export class Dashboard extends AssertedConstruct {
  readonly resource: MonitoringDashboard;

  constructor(scope: Construct, id: string, { dashboard }: DashboardProps) {
    super(scope, id);
    this.resource = new MonitoringDashboard(this, "Resource", {
      dashboardJson: literally(dashboardJson(dashboard)),
    });
  }
}

/** Legends contain ${resource.labels.x}, which Terraform would evaluate as an expression; tokens of CDKTF are one. */
function literally(text: string): string {
  return text.replaceAll(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
