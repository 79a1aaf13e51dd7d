"""The address in the QR code: without a language, for the visitor's own is used, and as short as it can be."""

from django.urls import path

from . import views

urlpatterns = [path("v/<str:public_id>/", views.verify_short, name="verify_short")]
