"""Static files under names that change with their content, imports of ES modules included."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStorage(ManifestStaticFilesStorage):
    """A file that is missing from the list fails when the page is compiled, not in front of a resident."""

    support_js_module_import_aggregation = True
