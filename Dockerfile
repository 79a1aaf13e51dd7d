# The site for a server; compose.yaml shows what it needs beside it. Not run by ./test: try it after changing it.
FROM python:3.12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 site

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=training.settings.production \
    DATA_DIR=/data \
    STATIC_ROOT=/srv/static

WORKDIR /srv/site
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# The secret and the host serve this one step; they are not kept in the image.
RUN python -m training.catalogues \
    && SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir /data && chown site /data

USER site
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "training.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--no-control-socket", "--max-requests", "5000", "--max-requests-jitter", "500"]
