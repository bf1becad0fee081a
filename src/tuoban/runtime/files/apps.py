from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tuoban.runtime.files"
    label = "files"
