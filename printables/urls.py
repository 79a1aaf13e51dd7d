from django.urls import path

from . import views

app_name = "printables"
urlpatterns = [
    path("printables/<slug:kind>/<uuid:page_key>/", views.order, name="order"),
    path("printables/<uuid:public_id>/", views.progress, name="progress"),
    path("printables/<uuid:public_id>/file/", views.file, name="file"),
]
