#!/bin/sh
# Runs once, on an empty data folder: the application's login, bound by row-level security, and its database.
# CREATEROLE is for the migrations, which make the NOLOGIN roles that every transaction takes.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$CLOUDGUARD_PASSWORD" --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
create role cloudguard login nosuperuser nobypassrls createrole password :'password';
create database cloudguard owner cloudguard;
SQL
