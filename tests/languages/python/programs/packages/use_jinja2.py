"""jinja2: templates with loops, filters, inheritance, macros."""

from jinja2 import DictLoader, Environment

environment = Environment(
    loader=DictLoader(
        {
            "base": "<title>{% block title %}none{% endblock %}</title>{% block body %}{% endblock %}",
            "page": "{% extends 'base' %}{% block title %}{{ name|upper }}{% endblock %}"
            "{% macro item(x, n=1) %}<li>{{ x }}*{{ n }}</li>{% endmacro %}"
            "{% block body %}{% for one in rows if one %}{{ loop.index }}:{{ item(one, n=loop.length) }}{% else %}nothing{% endfor %}"
            "{{ text|e }} {{ rows|join('-') }} {{ number|round(2) }} {% set x = 5 %}{{ x ** 2 }} {{ 'b' in rows }}{% endblock %}",
        }
    ),
    autoescape=False,
)
print(environment.get_template("page").render(name="page", rows=["a", "", "b"], text="<&>", number=3.14159))
print(
    Environment(autoescape=True).from_string("{{ x }} {{ y|safe }} {{ missing|default('?') }}").render(x="<b>", y="<i>")
)
try:
    Environment().from_string("{% if %}")
except Exception as problem:
    print(type(problem).__name__, problem)
