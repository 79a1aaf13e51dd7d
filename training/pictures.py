"""The field of a picture."""

from wagtail.images.blocks import ImageBlock


class PictureBlock(ImageBlock):
    """Wagtail's own. When it is folded, Wagtail puts its tick "decorative" beside its name: "Picture No"."""

    class Meta:
        label_format = ""
