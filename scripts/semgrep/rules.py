"""Examples the rules are tried on: what each must find, and what it must leave alone. Never run."""

import hmac
import http.client
import os
import pickle
import random
import secrets
import socket
import ssl
import subprocess
import urllib.request

import yaml
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import Template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt

from moothall.core.way_back import way_back


def statements(cursor, name, Case):
    # ruleid: sql-is-never-built-from-pieces
    cursor.execute(f"select * from cases where name = '{name}'")
    # ruleid: sql-is-never-built-from-pieces
    cursor.execute("select * from cases where name = '%s'" % name)
    # ruleid: sql-is-never-built-from-pieces
    cursor.execute("select * from cases where name = " + name)
    # ruleid: sql-is-never-built-from-pieces
    Case.objects.raw(f"select * from {name}")
    statement = f"delete from {name}"
    # ruleid: sql-is-never-built-from-pieces
    cursor.execute(statement)
    # ok: sql-is-never-built-from-pieces
    cursor.execute("select * from cases where name = %s", [name])


def queries(rows, words):
    # ruleid: queries-are-written-in-the-query-language
    rows.extra(where=[f"name = '{words}'"])
    # ruleid: queries-are-written-in-the-query-language
    rows.annotate(found=RawSQL(words, []))
    # ok: queries-are-written-in-the-query-language
    rows.filter(name=words)


def html(name):
    # ruleid: html-is-trusted-in-few-places
    mark_safe(f"<b>{name}</b>")
    # ruleid: html-is-not-formatted-before-it-is-escaped
    format_html(f"<b>{name}</b>")
    # ruleid: html-is-not-formatted-before-it-is-escaped
    format_html("<b>%s</b>" % name)
    # ok: html-is-trusted-in-few-places, html-is-not-formatted-before-it-is-escaped
    return format_html("<b>{}</b>", name)


# ruleid: forms-keep-their-token
@csrf_exempt
def unguarded(request):
    # ok: forms-keep-their-token
    return HttpResponse("", status=204)


def calls(host, context):
    # ruleid: calls-to-others-have-a-limit-of-time
    urllib.request.urlopen(host)
    # ok: calls-to-others-have-a-limit-of-time
    urllib.request.urlopen(host, timeout=5)
    # ruleid: calls-to-others-have-a-limit-of-time
    http.client.HTTPSConnection(host)
    # ruleid: calls-to-others-have-a-limit-of-time
    socket.create_connection((host, 443))
    # ok: calls-to-others-have-a-limit-of-time
    socket.create_connection((host, 443), 5)
    # ruleid: certificates-are-checked
    context.check_hostname = False
    # ruleid: certificates-are-checked
    context.verify_mode = ssl.CERT_NONE
    # ok: certificates-are-checked
    ssl.create_default_context()


def commands(name):
    # ruleid: commands-are-lists
    subprocess.run(f"ls {name}", shell=True, check=True)
    # ruleid: commands-are-lists
    os.system("ls")
    # ok: commands-are-lists
    subprocess.run(["ls", name], check=True)


def running(words, data):
    # ruleid: text-is-never-run
    eval(words)
    # ruleid: text-is-never-run
    Template(words).render(data)
    # ok: text-is-never-run
    int(words)


def reading(data, loader):
    # ruleid: objects-are-not-read-from-bytes
    pickle.loads(data)
    # ruleid: objects-are-not-read-from-bytes
    yaml.load(data, Loader=yaml.Loader)
    # ok: objects-are-not-read-from-bytes
    yaml.safe_load(data)
    # ok: objects-are-not-read-from-bytes
    yaml.load(data, Loader=yaml.SafeLoader)


def away(request):
    # ruleid: nobody-is-sent-where-a-form-says
    return redirect(request.GET["next"])


def away_by_name(request):
    where = request.POST.get("next", "/")
    # ruleid: nobody-is-sent-where-a-form-says
    return redirect(where)


def home(request):
    where = request.GET.get("next", "/")
    # ok: nobody-is-sent-where-a-form-says
    return redirect(way_back(request, where, reverse("home")))


def headers(request, name):
    answer = HttpResponse("")
    # ruleid: headers-say-what-we-say
    answer.headers["X-Name"] = request.GET["name"]
    # ruleid: file-names-are-not-written-into-headers-by-hand
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # ok: headers-say-what-we-say, file-names-are-not-written-into-headers-by-hand
    answer.headers["Content-Disposition"] = content_disposition_header(True, request.GET["name"])
    return answer


def comparing(key, body, given):
    # ruleid: secrets-are-compared-in-constant-time
    if given == hmac.new(key, body, "sha256").hexdigest():
        return True
    # ok: secrets-are-compared-in-constant-time
    return hmac.compare_digest(given, hmac.new(key, body, "sha256").hexdigest())


def making(letters):
    # ruleid: what-is-secret-is-made-by-secrets
    code = random.choice(letters)
    # ok: what-is-secret-is-made-by-secrets
    known = random.Random("the same each time").choice(letters)
    # ok: what-is-secret-is-made-by-secrets
    return code, known, secrets.token_urlsafe(32)
