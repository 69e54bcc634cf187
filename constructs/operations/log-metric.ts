import { LoggingMetric } from "@cdktf/provider-google/lib/logging-metric/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";

export interface LogMetricProps {
  readonly name: string;
  readonly description: string;
  /** Entries to count, in the Cloud Logging query language. */
  readonly filter: string;
  /** Labels and their extractors: EXTRACT(jsonPayload.field). @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Counts log entries.
 *
 *     log entries -> metric logging.googleapis.com/user/<name>
 */
export class LogMetric extends AssertedConstruct {
  readonly resource: LoggingMetric;

  constructor(scope: Construct, id: string, props: LogMetricProps) {
    super(scope, id);
    const labels = this.entries("labels", props.labels ?? {});
    this.resource = new LoggingMetric(this, "Resource", {
      name: props.name,
      description: props.description,
      filter: props.filter,
      metricDescriptor: {
        metricKind: "DELTA",
        valueType: "INT64",
        unit: "1",
        ...(labels.length === 0 ? {} : { labels: labels.map(([key]) => ({ key, valueType: "STRING" })) }),
      },
      ...(labels.length === 0 ? {} : { labelExtractors: Object.fromEntries(labels) }),
    });
  }
}
