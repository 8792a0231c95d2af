{#- What the header of a framed page (framed.html) has that only works with scripts: one file instead of a copy in thousands of pages. -#}
{%- set scope %}{% include "partials/javascripts/base.html" %}{% endset %}
/* Where choices are kept: as in the theme's own pages, from this file's place. */
{{ scope | replace("<script>", "") | replace("</script>", "") | replace(",location)", ",document.currentScript.src)") }};
{%- set listed %}{% for item in nav.items recursive %}<li>{% if item.children %}{{ item.title }}<ul>{{ loop(item.children) }}</ul>{% else %}<a href="{{ item.url }}">{{ item.title }}</a>{% endif %}</li>{% endfor %}{% endset %}
/* The title in the header and the switch of colours, where this script stands; then the colours chosen before, as the theme does it. */
(function (here) {
  if (!here) { return; }
  var title = document.createElement("div");
  title.className = "md-header__title";
  title.setAttribute("data-md-component", "header-title");
  title.innerHTML = '<div class="md-header__ellipsis"><div class="md-header__topic"><span class="md-ellipsis"></span></div>' +
    '<div class="md-header__topic" data-md-component="header-topic"><span class="md-ellipsis"></span></div></div>';
  var name = {{ config.site_name | tojson }}, texts = title.querySelectorAll(".md-ellipsis");
  texts[0].textContent = name;
  texts[1].textContent = document.title.slice(0, -(" - " + name).length);
  here.parentNode.insertBefore(title, here);
  /* The list of the site's main pages, in the place of the one link that stands there. */
  document.addEventListener("DOMContentLoaded", function () {
    var root = here.src.slice(0, here.src.lastIndexOf("assets/")), list = document.createElement("ul");
    list.innerHTML = {{ listed | string | tojson }};
    var links = list.querySelectorAll("a");
    for (var i = 0; i < links.length; i++) { links[i].href = root + links[i].getAttribute("href"); }
    var place = document.querySelector(".bg-nav");
    if (place) { place.replaceChildren ? place.replaceChildren(list) : place.appendChild(list); }
  });
  {%- if config.theme.palette and config.theme.palette is not mapping %}
  {%- set form %}{% include "partials/palette.html" %}{% endset %}
  {%- set chosen %}{% include "partials/javascripts/palette.html" %}{% endset %}
  here.insertAdjacentHTML("beforebegin", {{ form | string | tojson }});
  {{ chosen | replace("<script>", "") | replace("</script>", "") }}
  {%- endif %}
})(document.currentScript);
