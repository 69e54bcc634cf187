/** Resources with one dashboard of this JSON, `google_monitoring_dashboard.all`. */
export const dashboards = (dashboard: unknown) => ({
  google_monitoring_dashboard: {
    all: { dashboard_json: typeof dashboard === "string" ? dashboard : JSON.stringify(dashboard) },
  },
});
