import type { Seconds } from "../../units.ts";
import type { Aggregation, Series } from "../alert.ts";

/** A page of charts for one question; read from top to bottom, as a request travels. */
export interface Dashboard {
  /** Part of the resource's address: "platform", "service-backend". */
  readonly id: string;
  /** How the console lists it. */
  readonly name: string;
  readonly sections: readonly Section[];
}

/** Widgets under a heading of their own; the heading stands in the dashboard's table of contents, too. */
export interface Section {
  readonly title: string;
  /** What to look for in it. */
  readonly subtitle: string;
  readonly widgets: readonly Widget[];
}

export type Widget = Chart | Text | Logs | Incidents;

export interface Chart {
  readonly kind: "chart";
  readonly title: string;
  /** What the numbers are: "ms", "connections". */
  readonly unit: string;
  readonly lines: readonly [Line, ...Line[]];
  /** Lines that what is drawn should stay away from. */
  readonly budgets: readonly BudgetLine[];
  /** Areas on top of each other, for what adds up. @default false */
  readonly stacked?: boolean;
}

export interface Line {
  readonly query: Query;
  /** Name of the series; ${resource.labels.x} stands for a label. @default Monitoring makes one up */
  readonly legend?: string;
}

export type Query =
  | {
      readonly kind: "series";
      readonly series: Series;
      readonly aggregation: Aggregation;
      /** Divides, aligned alike. */
      readonly denominator?: Series | undefined;
    }
  | { readonly kind: "promql"; readonly text: string }
  | {
      readonly kind: "burn-rate";
      /** Resource name of the objective. */
      readonly objective: string;
      readonly window: Seconds;
    };

export interface BudgetLine {
  /** Above 0: Monitoring drops a zero. */
  readonly value: number;
  readonly label: string;
}

export interface Text {
  readonly kind: "text";
  readonly title: string;
  /** Markdown. */
  readonly content: string;
}

export interface Logs {
  readonly kind: "logs";
  readonly title: string;
  /** In the language of Cloud Logging. */
  readonly filter: string;
}

/** The open incidents of the project. */
export interface Incidents {
  readonly kind: "incidents";
  readonly title: string;
}
