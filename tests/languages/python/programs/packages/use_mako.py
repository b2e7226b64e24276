"""mako: templates compiled to Python."""

from mako.template import Template

print(
    Template(
        "hello ${name}! % done\n% for x in rows:\n  <li>${x | h}</li>\n% endfor\n<%def name='f(a)'>[${a}]</%def>${f(3)}"
    ).render(name="you", rows=["a<", "b"])
)
print(Template("<% total = sum(range(5)) %>${total} ${'x' * 3}").render())
