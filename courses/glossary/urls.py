from django.urls import path

from .views import glossary

app_name = "glossary"
urlpatterns = [path("", glossary, name="glossary")]
