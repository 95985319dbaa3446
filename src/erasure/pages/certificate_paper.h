// 消去証明書 on paper: what the signed text says, in the words of an office, with the ledger's number and root on it, so
// that the sheet in the ward's cabinet is a witness too.
#pragma once

#include "erasure/certificate.h"
#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"
#include "ledger/note/checkpoint.h"

namespace azukari::erasure::pages {

struct CertificatePaper {
    std::string text;   // of the signed note: everything printed comes out of it
    std::string digest; // SHA-256 of the text, hex
    Instant issued;
    std::uint64_t seq;                      // of the ledger's entry
    ledger::note::Checkpoint checkpoint;    // that holds it
    std::optional<Instant> acknowledged_at; // by the ward
};

// Refuses kNoCertificate, kNotYetProved.
Result<CertificatePaper> paper_of(const storage::Snapshot& snapshot, const ledger::Publisher& publisher,
                                  const Erasure& erasure, Stage stage);
// The same paper gives the same bytes. Refuses kUnprintable.
Result<void> write_certificate(const CertificatePaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts);

} // namespace azukari::erasure::pages
