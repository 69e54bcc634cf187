import { MonitoringCustomService } from "@cdktf/provider-google/lib/monitoring-custom-service/index.js";
import { MonitoringSlo } from "@cdktf/provider-google/lib/monitoring-slo/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { range } from "../../resources/index.ts";
import { protectedFromDestroy } from "../protection.ts";

/** The share of requests that must be good. */
export interface ObjectiveProps {
  readonly id: string;
  readonly displayName: string;
  /** Above 0, at most 0.9999. */
  readonly goal: number;
  /** Rolling period, 1 to 30 days. */
  readonly days: number;
  /** Filters of bad and of all requests, or of a distribution of latencies and how many milliseconds are good. */
  readonly indicator:
    | { readonly bad: string; readonly total: string }
    | { readonly distribution: string; readonly milliseconds: number };
}

export interface ServiceObjectivesProps {
  /** Letters, digits and -_:. only. */
  readonly serviceId: string;
  readonly displayName: string;
  readonly objectives: readonly ObjectiveProps[];
  /** Terraform refuses to delete the service, and with it the whole stack. @default false */
  readonly protection?: boolean;
}

/**
 * The objectives of one service, measured by its filters. A custom service, because Google measures Cloud Run
 * services behind the load balancer, where requests without an instance are not counted.
 *
 *     burn-rate alert -> objective -> service
 */
export class ServiceObjectives extends AssertedConstruct {
  /** Objectives by their id. */
  readonly objectives: ReadonlyMap<string, MonitoringSlo>;

  constructor(scope: Construct, id: string, props: ServiceObjectivesProps) {
    super(scope, id);
    const service = new MonitoringCustomService(this, "Resource", {
      serviceId: props.serviceId,
      displayName: props.displayName,
      ...protectedFromDestroy(props.protection),
    });
    const objectives = this.list("objectives", props.objectives);
    for (const { id, indicator } of objectives)
      if ("milliseconds" in indicator)
        this.holds(range(`objectives.${id}.milliseconds`, { low: 1, unit: "ms" }), {
          [`objectives.${id}.milliseconds`]: indicator.milliseconds,
        });
    this.objectives = new Map(
      this.each("objectives", objectives, ({ id }) => id).map(([id, objective]) => [
        objective.id,
        new MonitoringSlo(this, id, {
          service: service.serviceId,
          sloId: objective.id,
          displayName: objective.displayName,
          goal: objective.goal,
          rollingPeriodDays: objective.days,
          requestBasedSli: indicator(objective.indicator),
        }),
      ]),
    );
  }
}

function indicator(given: ObjectiveProps["indicator"]) {
  return "bad" in given
    ? { goodTotalRatio: { badServiceFilter: given.bad, totalServiceFilter: given.total } }
    : { distributionCut: { distributionFilter: given.distribution, range: { max: given.milliseconds } } };
}
