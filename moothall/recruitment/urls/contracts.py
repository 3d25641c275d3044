"""Contracts: the office's files, and those of an application."""

from django.urls import path

from moothall.recruitment.views import contracts

APPLICATION = "recruitment/applications/<int:number>/"

urlpatterns = [
    path("recruitment/contracts/", contracts.contract_templates, name="contract_templates"),
    path("recruitment/contracts/new/", contracts.add_contract_template, name="add_contract_template"),
    path(
        "recruitment/contracts/<int:number>/<slug:language>/",
        contracts.contract_template_file,
        name="contract_template_file",
    ),
    path(
        "recruitment/contracts/<int:number>/removal/set/",
        contracts.retire_contract_template,
        name="retire_contract_template",
    ),
    path(
        "recruitment/contracts/<int:number>/removal/undo/",
        contracts.restore_contract_template,
        name="restore_contract_template",
    ),
    path(f"{APPLICATION}offers/<int:offer>/contract/", contracts.make_contract, name="make_contract"),
    path(f"{APPLICATION}contracts/<int:contract>/", contracts.contract_file, name="contract_file"),
    path(
        f"{APPLICATION}contracts/<int:contract>/removal/",
        contracts.take_back_contract,
        name="take_back_contract",
    ),
]
