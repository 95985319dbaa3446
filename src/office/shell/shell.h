// Everything a page is built from. Names live in azukari::office; elements and addresses in azukari::html.
#pragma once

#include "office/shell/components/action.h"
#include "office/shell/components/detail.h"
#include "office/shell/components/difference.h"
#include "office/shell/components/form.h"
#include "office/shell/components/status.h"
#include "office/shell/components/table.h"
#include "office/shell/page.h"
