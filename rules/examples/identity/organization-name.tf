resource "google_tags_tag_binding" "production" {
  parent    = "projects/123456789012" # the full name begins with //
  tag_value = "tagValues/281478409127147"
}
