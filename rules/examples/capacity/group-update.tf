resource "google_compute_region_instance_group_manager" "app" {
  name               = "app"
  region             = "europe-west1"
  base_instance_name = "app"
  version {
    instance_template = "projects/acme-orders/global/instanceTemplates/app"
  }
  update_policy {
    type                  = "PROACTIVE"
    minimal_action        = "REPLACE"
    max_surge_fixed       = 1 # 0 or 3, one for each zone
    max_unavailable_fixed = 0
  }
}
